-- Environments: the upvalue and variable `_ENV`, `load` with mode and environment, what the compatibility with 5.1 keeps.
local plain = print
local function print(...) local t = table.pack(...) for i = 1, t.n do t[i] = (tostring(t[i]):gsub("0x%x+", "0x")) end plain(table.concat(t, "\t")) end
local function try(f, ...) print(pcall(f, ...)) end
local function run(text, ...) local f, m = load(text, "=s") if not f then print(m) else print(pcall(f, ...)) end end

-- check: _ENV is an upvalue of every function that uses globals
local function f() return x end print(debug.getupvalue(f, 1)) local function g() end print(debug.getupvalue(g, 1)) print(debug.getupvalue(load "return 1", 1), select(2, debug.getupvalue(load "return 1", 1)) == _G)
-- check: _ENV as a local variable
do local _ENV = { print = print, x = 7 } print(x, y) y = 8 print(y, _ENV.y) end print(x, y)
-- check: _ENV as a parameter
local function f(_ENV, a) x = a return x end local t = {} print(f(t, 5), t.x, x)
-- check: _ENV as a loop variable
local print = print for _, _ENV in ipairs { { a = 1 }, { a = 2 }, { a = 3 } } do print(a) end for _ENV = 1, 1 do print(_ENV) end
-- check: _ENV with metatables
local seen = {} local env = setmetatable({}, { __index = function(_, k) seen[#seen + 1] = k return _G[k] end, __newindex = function(_, k, v) rawset(seen, k, v) end }) local f = load("x = 1 print(x) return tostring(2)", "=s", "t", env) print(f()) print(table.concat(seen, " "), seen.x)
-- check: errors with _ENV of other types
run "local _ENV = nil return x" run "local _ENV = nil x = 1" run "local _ENV = 5 return x" run "local _ENV = 'str' return len" run "local _ENV = true x()" run "local _ENV = {} x()" run "local _ENV = {} return x.y" run "local _ENV = {} x.y = 1" run "local _ENV = {} return x + 1" run "local _ENV = {} return x .. 'a'" run "local _ENV = { x = {} } return x.y.z" run "local _ENV = {} return x:y()"
-- check: assigning _ENV
run "_ENV = { a = 1 } return a" run "_ENV = nil a = 1" run "_ENV.print(_ENV._G == _ENV)" run "local function f() _ENV = { z = 3 } end f() return z, print" run "_ENV.q = 5 local r = q q = nil return r"
-- check: functions share an environment
local a, b do local _ENV = { n = 0 } function a() n = n + 1 return n end function b() n = n + 10 return n end end
do local _ENV = { n = 0, print = print } function c() n = n + 1 return n end print(c(), c(), n) end print(c, n)
-- check: nested functions and _ENV
local function outer() local _ENV = { v = "outer" } local function middle() local function inner() return v end return inner end return middle() end print(outer()()) print(debug.getupvalue(outer(), 1))
-- check: constructors and methods use _ENV
local _ENV = { pairs = pairs, print = print, setmetatable = setmetatable } Class = {} Class.__index = Class function Class.new(n) return setmetatable({ n = n }, Class) end function Class:get() return self.n end print(Class.new(4):get())
-- check: names of upvalues in messages
run "local _ENV = {} ; local function f() g() end f()" run "local up; local function f() up() end f()" run "local up; local function f() return up.x end f()" run "local _ENV, up = {}; local function f() return up.x + y end f()" run "x.y.z = 1" run "x.y()" run "x:y()" run "x()"
-- check: load with an environment
local env = { print = print } load("x = 1 print(x, _ENV == ...)", "=s", "bt", env)(env) print(env.x, x) print(load("return _ENV", "=s", "t", nil)()) print(load("return _ENV", "=s", "t", 5)()) try(load("return x", "=s", "t", nil)) try(load("x = 1", "=s", "t", false)) print(load("return _ENV", "=s", "t")() == _G, load("return _ENV", "=s")() == _G)
-- check: load with an environment for binary chunks
local function f() return a, b end local code = string.dump(f) print(load(code, "x", "b", { a = 1, b = 2 })()) try(load(code, "x", "b")) print(debug.getupvalue(load(code), 1)) local u1, u2 = 1, 2 local function g() return u1, u2, a end code = string.dump(g) local h = load(code, "x", "b", { a = 9 }) print(pcall(h)) print(debug.getupvalue(h, 1)) print(debug.getupvalue(h, 2)) print(debug.getupvalue(h, 3)) print(debug.setupvalue(h, 3, { a = 8 }), pcall(h))
-- check: one upvalue gets the environment whatever its name
local only = 5 local function f() return only end local h = load(string.dump(f)) print(h() == _G, debug.getupvalue(h, 1)) h = load(string.dump(f), "", "b", 77) print(h())
-- check: load modes
for _, mode in ipairs { "t", "b", "bt", "tb", "", "x", "text", "binary" } do print(mode, load("return 1", "=s", mode)) print(mode, load(string.dump(function() end), "=s", mode) ~= nil, select(2, load(string.dump(function() end), "=s", mode))) end
-- check: load from functions
local parts = { "return ", "1", " + ", "2" } local i = 0 print(load(function() i = i + 1 return parts[i] end)()) print(load(function() return nil end)) print(load(function() return "" end)) print(load(function() if i < 9 then i = 9 return 5 end end)) print(load(function() return {} end)) print(load(function() error "in reader" end)) print(load(function() error({}) end) == nil) i = 0 print(load(function() i = i + 1 return ({ "x = ", 1, nil })[i] end)) print(x) print(load(function() coroutine.yield() end)) print(coroutine.wrap(function() return load(function() coroutine.yield() end) end)())
-- check: names of loaded chunks
print(load("x =")) print(load("x =", "name")) print(load("x =", "=name")) print(load("x =", "@name")) print(load("x =", "=" .. ("n"):rep(100))) print(load("x =", "@" .. ("n"):rep(100))) print(load("x =", ("n"):rep(100))) print(load("x =", "two\nlines")) print(load("x =\n\n", "\nline")) print(load("x =", "")) print(load("x =", "=")) print(load("x =", "@")) print(load(function() return nil end, nil)) print(load("x =", nil)) local n = 0 print(load(function() n = n + 1 return n < 3 and '=' or nil end))
-- check: wrong arguments of load
try(load) try(load, nil) try(load, {}) try(load, true) print(load(5))
-- check: wrong names and modes of load
try(load, "return 1", {}) try(load, "return 1", "n", {}) try(load, "return 1", nil, nil) try(load, "return 1", "n", 5) try(load, "return 1", true)
-- check: loadstring
print(loadstring == load) print(loadstring("return ...")(1, 2)) print(loadstring("x =", "=n")) print(loadstring(string.dump(function() return 3 end))()) print(loadstring("return x", "=n", "t", { x = 4 })())
-- check: loadfile with mode and environment
local name = os.tmpname() local function write(s) local f = assert(io.open(name, "wb")) f:write(s) f:close() end write "return x, ..." print(loadfile(name, "t", { x = 5 })(6)) print((select(2, loadfile(name, "b")):gsub(".*: ", ""))) write(string.dump(function() return 7 end)) print(loadfile(name, "b")()) print((select(2, loadfile(name, "t")):gsub(".*: ", ""))) write "#!shebang\nreturn debug.getinfo(1, 'l').currentline" print(loadfile(name)()) write("# comment\n" .. string.dump(function() return 8 end)) print(loadfile(name)()) write "\239\187\191return 9" print(loadfile(name)()) write "\239\187\191# x\nreturn 10" print(loadfile(name)()) write "\239\187" print(loadfile(name) == nil) write "#" print(loadfile(name)) write "" print(loadfile(name)()) write "return _ENV" print(loadfile(name, nil, nil)()) os.remove(name) print((select(2, loadfile(name)):gsub("/.*:", "FILE:")))
-- check: dofile
local name = os.tmpname() local f = io.open(name, "w") f:write "local a = ... print(a, select('#', ...)) return 1, nil, 3" f:close() print(dofile(name)) f = io.open(name, "w") f:write "error('in file', 0)" f:close() try(dofile, name) f = io.open(name, "w") f:write "coroutine.yield(5) return 6" f:close() local w = coroutine.wrap(dofile) print(w(name), w()) os.remove(name) print((select(2, pcall(dofile, name)):gsub("/[^ :]*", "FILE")))
-- check: no getfenv and setfenv
print(getfenv, setfenv, debug.getfenv, debug.setfenv, newproxy, gcinfo, table.getn, table.foreach, string.gfind, math.mod)
-- check: globals by names that are words of later versions
global = 1 utf8 = 2 print(global, utf8) local close, const = 3, 4 print(close, const) run "goto = 1" run "local goto" run "return goto" run "x.goto = 1"
-- check: variables named like parts of messages
run "local upvalue; upvalue.x = 1" run "local t = {} t.global.x = 1" run "local t = {} t.field.x.y = 1" run "global.field.method()" run "local s = 'a' s:nomethod()" run "local s = 'a' s.x.y = 1" run "local n = 5 n:x()" run "('x'):y()" run "(5)()" run "({})()" run "(nil)()" run "return #nil" run "return -{}" run "return {} + 1" run "return 1 + nil" run "return 2 ^ {}"
