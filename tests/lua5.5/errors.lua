-- Messages: names of what is wrong, positions, tracebacks, errors without an object.
local function try(text, ...)
  local chunk, message = load(text, "=text")
  if not chunk then print("refused", message) return end
  print(pcall(chunk, ...))
end

-- check: names of what is called
try "local x x()" try "x()" try "local t = {} t.x()" try "local t = {} t:x()" try "local t = {} t.x.y()" try "local t = {} t[1]()" try "(1)()" try "('x')()" try "local t = {} t[{}]()" try "local k = 'key' local t = {} t[k]()" try "return (function() end)()()"
-- check: names of what is called, upvalues and constants
try "local x local function f() x() end f()" try "local x <const> = 1 x()" try "local x <const> = {} x()" try "local t = {} local function f() t.x() end f()" try "local _ENV = {} x()" try "local _ENV = {x = {}} x.y()" try "local function f(_ENV) x() end f{}"
-- check: names of what is indexed
try "local x x.y = 1" try "x.y = 1" try "return x.y.z" try "local t = {} return t.x.y" try "local t = {} t.x.y = 1" try "local t = {} return t[1][2]" try "local t = {} local i = 1 return t[i].x" try "return (nil).x" try "return ('x').y.z" try "return (1).x" try "local t = {} return t.x:y()"
-- check: names of operands
try "local a a = a + 1" try "return x + 1" try "local t = {} return t.x + 1" try "return 1 + {}" try "return {} + 1" try "return 'a' + 1" try "return 1 .. {}" try "local s return s .. 'x'" try "return -{}" try "return -x" try "return #x" try "local n = 5 return #n"
-- check: operands without integer representation
try "return 1.5 | 1" try "local x = 2^70 return x & 1" try "return '1.5' | 1" try "return 'x' | 1" try "return 1 << 1.5" try "return {} & 1" try "return ~1.5" try "return ~{}" try "local t = {x = 1.5} return t.x ~ 1" try "return 1 // 0" try "return 1 % 0" try "local a = 5 return a // 0"
-- check: comparisons
try "return 1 < 'x'" try "return {} < {}" try "return {} <= 1" try "return nil > 1" try "return 'x' >= 1" try "return print < print" try "local t = setmetatable({}, {__name = 'Kind'}) return t < 1" try "local t = setmetatable({}, {__name = 'Kind'}) return t < t" try "local t = setmetatable({}, {__name = 'Kind'}) return t + 1" try "local t = setmetatable({}, {__name = 'Kind'}) return t.x.y"
-- check: extra arguments in messages
try "local function f(...t) return t.x.y end f()" try "local function f(...t) t.x.y = 1 end f()" try "local function f(...t) return t[1] + 1 end f()" try "local function f(...t) t() end f()" try "local function f(...t) return t + 1 end f()" try "local function f(...t) return t:x() end f()" try "local function f(...t) return #t.n end f()"
-- check: declared globals in messages
try "global x; x()" try "global x; x.y = 1" try "global x; return x + 1" try "global x = {}; x.y.z = 1" try "global function f() return x.y end" try "global *; x()" try "global f; f:m()" try "local _ENV = {}; global x; x()"
-- check: arguments
try "string.rep()" try "('x'):rep()" try "('x'):rep({})" try "('x').rep(1, {})" try "string.rep('x', 1.5)" try "string.rep('x', '1.5')" try "math.floor('x')" try "setmetatable(1, {})" try "setmetatable({})" try "ipairs()" try "select(0)" try "tonumber('1', 99)" try "tonumber(1, 10)" try "io.open('x', 'zz')" try "os.time{}" try "utf8.char(-1)" try "table.concat({{}})" try "string.char(256)"
-- check: arguments of methods
try "local t = {m = string.rep} t:m(1)" try "local s = 'x' s:rep()" try "io.stdout:seek('nowhere')" try "io.stdout.seek()" try "io.stdout.write()" try "('x'):bad()" try "local t = setmetatable({}, {__index = {m = math.floor}}) t:m()" try "return setmetatable({}, {__call = math.floor})()"
-- check: functions with names from loaded modules
try "local f = string.rep f()" try "local t = {g = string.rep} t.g()" try "pcall(string.rep)" try "return pcall(string.rep)" try "local function f() string.rep() end f()" try "table.sort({1, 2}, string.rep)" try "string.gsub('x', 'x', string.rep)"
-- check: for loops
try "for i = 'x', 1 do end" try "for i = 1, nil do end" try "for i = 1, 2, 'x' do end" try "for i = 1, 10, 0 do end" try "for i = {}, 1 do end" try "for i = 1, math.huge, 'y' do end" try "for x in 1 do end" try "for x in nil, 1 do end" try "for x in {} do end" try "for x in pairs(nil) do end" try "for x in ipairs() do end"
-- check: errors without an object
print(pcall(error)) print(pcall(error, nil)) print(pcall(error, nil, 0)) print(pcall(error, nil, 2)) print(select("#", pcall(error))) try "error()" try "error(nil)" print(type(select(2, pcall(error))))
-- check: errors without an object in handlers
print(xpcall(error, function(e) return e, 2 end)) print(xpcall(error, function(e) error() end)) print(xpcall(error, print)) print(xpcall(error, debug.traceback)) print(xpcall(error, function() return nil end)) print(xpcall(error, function() end, {}))
-- check: errors without an object in coroutines
print(coroutine.resume(coroutine.create(error))) print(pcall(coroutine.wrap(error))) local co = coroutine.create(function() error(nil) end) print(coroutine.resume(co)) print(coroutine.close(co)) print(pcall(coroutine.wrap(function() coroutine.yield() error() end)))
-- check: errors without an object from callbacks
print(pcall(string.gsub, "x", "x", function() error() end)) print(pcall(table.sort, {2, 1}, function() error() end)) print(pcall(load, function() error() end)) print(load(function() error(nil) end)) print(pcall(require, "none.at.all.") == false)
-- check: error objects that are kept
print(pcall(error, false)) print(pcall(error, 0)) print(pcall(error, {}) == false) local t = {} print(select(2, pcall(error, t)) == t) print(pcall(error, "x", 0)) print(pcall(error, "x", 1)) print(pcall(error, "x", 2)) print(pcall(error, "x", 99))
-- check: assert
print(pcall(assert)) print(pcall(assert, nil)) print(pcall(assert, false, nil)) print(pcall(assert, nil, "message")) print(pcall(assert, false, {}) == false) print(assert(1, 2, 3)) print(pcall(assert, nil, 42)) print(select("#", pcall(assert, false, nil, 1)))
-- check: handlers that fail
print(xpcall(function() error "first" end, function(e) error "second" end)) print(xpcall(function() error "first" end, function(e) local x = nil; x() end)) print(pcall(xpcall, print, 1)) print(pcall(xpcall)) print(pcall(xpcall, print)) print(xpcall(function(...) return ... end, print, 1, 2))
-- check: levels
local function f(level) error("at " .. level, level) end local function g(level)
  f(level) end
for i = 0, 4 do print(pcall(g, i)) end
-- check: syntax errors
try "x" try "x =" try "= 1" try "local" try "local x =" try "x = = 1" try "if" try "if x" try "if x then" try "for" try "for x" try "for x = 1" try "for x in" try "while" try "repeat" try "return return" try "function" try "function f" try "function f(" try "function f(x" try "local function" try "goto" try "::" try "::x" try "break" try "}" try "x = }" try "x = {" try "x = (" try "f(" try "f(1," try "x = 'abc" try "x = \"abc\n" try "x = [[abc" try "--[[abc" try "x = 1 .. " try "x = 1e" try "x = 0x" try "x = 3x" try "x = '\\q'" try "x = '\\300'" try "x = '\\xz'" try "x = '\\u{110000000}'" try "@" try "x = ~" try "x = #"
-- check: the lines of syntax errors
try "\n\nx =\n\n}" try "x = [[\n\n\n" try "--[[\n\n" try "x = '\\\n\n" try "local function f()\n\nif x then\n\n" try "f(\n\n" try "local x <const> = 1\n\nx = 2" try "for i = 1, 2 do\n\ni = 1 end" try "\n\n\ngoto nowhere\n\n" try "do\nlocal x <close>, y <close>\nend" try "global x\n\ny = 1" try "x = {\n1,\n2\n3}"
-- check: what a syntax error is near
try "x = 'long long long long long long long long long long long long long long long long long long string' y" try "x = 123456789012345678901234567890 y" try "x = \"\\u{41}\" y" try "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b" try "x = 1 \1" try "x = 1 \200" try "x = ... y" try "return 1,, 2" try "x == 1" try "1 = x" try "f() = 1" try "(x) = 1" try "local x.y = 1"
-- check: names of chunks
for _, name in ipairs{"=name", "@name", "name", "line 1\nline 2", "=" .. ("n"):rep(80), "@" .. ("n"):rep(80), ("n"):rep(80), "", "=", "@", "\n"} do print(select(2, load("x", name))) print(select(2, pcall(load("error 'e'", name)))) end
-- check: tracebacks
local function inner() print(debug.traceback("here")) end local t = {method = function(self) inner() end} function globally() t:method() end globally() pcall(globally) string.gsub("x", "x", globally) for _ in function() globally() end do end setmetatable({}, {__index = globally}).x = nil local _ = setmetatable({}, {__index = globally}).x coroutine.wrap(globally)() return globally()
-- check: tracebacks of deep stacks
local function deep(n) if n == 0 then print(debug.traceback()) else deep(n - 1) end return n end deep(40)
-- check: tracebacks of other threads
local co = coroutine.create(function(...t) local function yields() coroutine.yield(t.n) end yields() error "later" end) print(debug.traceback(co)) coroutine.resume(co, 1, 2) print(debug.traceback(co)) print(debug.traceback(co, "message")) print(debug.traceback(co, nil, 1)) coroutine.resume(co) print(debug.traceback(co, "dead"))
-- check: tracebacks with levels
local function f() print(debug.traceback("0", 0)) print(debug.traceback("1", 1)) print(debug.traceback("2", 2)) print(debug.traceback("9", 9)) end f() print(debug.traceback({}) ~= nil, debug.traceback(nil), debug.traceback(12))
-- check: tracebacks of tail calls and objects that are called
local function show() print(debug.traceback()) end local function tail() return show() end tail() local o = setmetatable({}, {__call = function() show() end}) o() local function tail2() return o() end tail2()
-- check: tracebacks of methods and fields
local t = {a = {}} function t.a.b() print(debug.traceback()) end function t.a:c() self.b() end t.a:c() local name = "d" t[name] = function() t.a.b() end t[name]() t["d"]() global_table = t global_table.a.b() global_table.d()
-- check: stack overflow
local function f() return f() + 1 end local ok, m = pcall(f) print(ok, m)
-- check: overflow of C levels
local t = {} for i = 1, 300 do t = setmetatable({}, {__index = t}) end print(pcall(function() return t.x end)) local function nest(n) if n > 0 then return load(("("):rep(n) .. "1" .. (")"):rep(n)) end end print(nest(150) ~= nil) print(nest(300)) print((load(("{"):rep(150) .. ("}"):rep(150)))) print(select(2, load("return " .. ("{"):rep(300)))) print(select(2, load("return " .. ("- "):rep(300) .. "1"))) print(load("local x = " .. ("function() return "):rep(250) .. "1" .. (" end"):rep(250)))
-- check: error in error handling
print(xpcall(function() local function f() return f() + 1 end f() end, function(m) return "handled " .. m:match("stack overflow") end)) local function again(m) error(m) end print(xpcall(error, again, "x"))
-- check: ends with nil
-- ends with an error
error()
-- check: ends with a table
-- ends with an error
error({})
-- check: ends with an object that has text
-- ends with an error
error(setmetatable({}, {__tostring = function() return "text of the object" end}))
-- check: ends with a message
-- ends with an error
local function f(...t) error("message " .. t.n) end
f(1, 2)
-- check: ends in a coroutine
-- ends with an error
coroutine.wrap(function() local x = nil; x.y = 1 end)()
-- check: ends with a syntax error
-- ends with an error
local x <const> = 1
x = 2
