-- Declarations of global variables: what they allow, and what is refused where.
local function try(text, ...)
  local chunk, message = load(text, "=text")
  if not chunk then print("refused", message) return end
  print(select("#", ...), pcall(chunk, ...))
end

-- check: implicit and explicit
try "x = 1 return x"
try "global x; x = 1 return x"
try "global x; y = 1"
try "global x; return y"
try "global x, y; x, y = 1, 2 return x + y"
try "global none return none"
-- check: the whole scope
try "global *; y = 1 return y"
try "global x; global *; y = 2 return y"
try "global x; do global *; y = 1 end return x"
try "global x; do global *; y = 1 end return y"
try "do global x end y = 1 return y"
try "global x; local function f() return y end"
try "global x; local function f() global y; y = 3 return y end return f()"
-- check: constants
try "global <const> x; x = 1"
try "global x <const>; x = 1"
try "global <const> x, y; y = 1"
try "global x <const>, y; y = 2 return y"
try "global <const> *; y = 1"
try "global <const> *; return print ~= nil"
try "global <const> print; print = 1"
try "global <const> f; function f() end"
try "global x; function x.y() end"
try "global <const> x; x.y = 1"
try "global <const> t; t.x.y = 1"
-- check: attributes
try "global x <close>"
try "global <close> x"
try "global x <other>"
try "global <const> x <const>; return 1"
try "global <const"
try "global x <const"
-- check: values
try "global a = 1 return a"
try "global a2, b2 = 1, 2 return a2, b2"
try "global a3, b3 = 1 return a3, b3"
try "global a4, b4 = (function() return 5, 6, 7 end)() return a4, b4"
try "global a5 <const> = 1 return a5"
try "global a6 = a6 return a6"
try "global a7, b7 = 1, 2, 3 return a7, b7"
-- check: lines of errors
try "local _ENV = 2; global function x()\n\n\nend"
try "local _ENV = 2; global x =\n\n\n1"
try "local _ENV = 2; global\n x,\ny =\n\n\n1, 2"
try "local _ENV = setmetatable({}, {__newindex = function() error('here', 2) end}); global\n x,\ny =\n\n\n1, 2"
try "local _ENV = setmetatable({}, {__newindex = function() error('here', 2) end}); global function\n x()\n\n\nend"
-- check: values twice
try "global p1 = 1; global p1 = 2"
try "global p2 = 1, 2; p2 = nil; global p2 = 3 return p2"
try "global p3 = 1\n\n\nglobal p3,\n p4 = 2, 3"
try "global print = 1"
try "global q1 = false; global q1 = 1"
-- check: functions
try "global function f1() return 1 end return f1()"
try "global function f2() return f2 end return f2() == f2"
try "global function f3() end global function f3() end"
try "global function f4() return undeclared end"
try "global function f5.x() end"
try "global function () end"
-- check: not reserved
try "global = 3 return global"
try "local global = 4 return global"
try "local t = {global = 1} return t.global"
try "global = nil; global(1)"
try "global, x = 1, 2 return global + x"
try "local function global(x) return x end return global 'text'"
try "local function global(x) return x end return global{1}[1]"
try "return global"
try "goto global; ::global:: return 1"
-- check: environments
try "global _ENV; x = 1"
try "local _ENV <const> = {}; global x; x = 1 return x"
try "local _ENV = {x = 9}; global x return x"
try "local _ENV = {}; global y = 1 return y"
try "local _ENV = setmetatable({}, {__index = function(_, k) return k end}); global z = 1"
try "global x; local function f(_ENV) return x end return f{x = 4}"
-- check: and local variables
try "global x; local x = 1 return x"
try "local x = 1; global x; x = 2; local y = x; x = nil return y"
try "local x = 1; do global x; x = 5 end return x"
try "local x <const> = 1; global x; x = 5 return x"
try "global x; do local x = 1; x = 2 end; x = 3 return x"
-- check: jumps into scopes
try "goto l; global a; ::l:: print(a)"
try "goto l; global a; ::l::"
try "goto l; global *; ::l:: print(a)"
try "do goto l; global a; ::l:: end return 1"
try "::l:: global a; if a then goto l end return a"
-- check: many
local names = {}
for i = 1, 300 do names[i] = "many" .. i end
try("global " .. table.concat(names, ", ") .. "; many300 = 1 return many300")
try("local " .. table.concat(names, ", ", 1, 200) .. "; global x; x = 1 return x")
try("local " .. table.concat(names, ", ", 1, 201))
try("global " .. table.concat(names, ", ", 1, 250) .. " = 1")
-- check: grammar
try "global"
try "global x,"
try "global x y"
try "global 1"
try "global *, x"
try "global x.y"
try "global x = "
try "global function"
-- check: lines of declarations
local lines = {}
debug.sethook(function(_, line) lines[#lines + 1] = line end, "l")
load("global l1,\n l2 =\n 1,\n 2\nglobal function\n l3()\n end\nl3()", "=lines")()
debug.sethook()
print(table.concat(lines, " "))
