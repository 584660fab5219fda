-- The basic functions that the other files do not cover.
local load = _VERSION == "Lua 5.1" and loadstring or load
local unpack = unpack or table.unpack
local function try(f, ...) print(pcall(f, ...)) end

-- check: assert
print(assert(1, 2, 3)) print(select("#", assert(true)))
try(assert, false) try(assert, nil, "message") try(assert, false, { 1 } and 12) try(assert) try(assert, nil, nil)
print(select(2, pcall(assert, false, { code = 5 })).code)
-- check: error levels
local function f(level) error("msg", level) end
try(f, 0) try(f, 1) try(f, 2) try(f, 3) try(f) try(f, 50)
local function g() f(2) end try(g)
try(error) try(error, nil) try(error, 12) try(error, "x", "y") try(error, true) try(function() error(1.5) end) try(function() error(5, 1) end)
print(type(select(2, pcall(error, {})))) try(error, "a", 1) try(error, "a", 2)
-- check: error adds position only to strings
try(function() error({}) end == nil) print(type(select(2, pcall(function() error({}, 2) end)))) try(function() error(nil, 2) end) try(function() error("s", -1) end)
-- check: pcall results
print(pcall(function() return 1, nil, 3 end)) print(pcall(function() end)) print(select("#", pcall(error))) try() 
try(pcall) try(pcall, nil) try(pcall, 5) try(pcall, pcall) try(pcall, pcall, error, "x")
print(pcall(pcall, error, "e")) print(pcall(setmetatable({}, { __call = function(_, x) return "called", x end }), 7))
-- ends with an error
-- check: xpcall
print(xpcall(function(...) return ... end, print, 1, 2)) print(xpcall(error, function(m) return "handled: " .. m end, "x")) print(xpcall(error, function(m) return m, 2, 3 end, "x"))
try(xpcall) try(xpcall, print) print(xpcall(nil, function(m) return m end)) try(xpcall, error, 5, "x") print(xpcall(function() return "fine" end, print)) try(xpcall, print, nil)
print(xpcall(function() local x = nil; return x.y end, debug.traceback))
print(xpcall(function() error { 1 } end, function(e) return type(e) end))
-- check: errors in message handlers
print(xpcall(error, function(m) error("again") end, "x")) print(xpcall(error, error, "x"))
print(xpcall(function() error("first") end, function(m) if m == "second" then return "stopped" end error("second", 0) end))
print(xpcall(function() local function r() return r() + 1 end return r() end, function(m) return #m > 0 and "overflow handled" end))
local n = 0
print(xpcall(error, function(m) n = n + 1; if n < 5 then error("level " .. n, 0) end return m .. "!" end, "x")) print(n)
-- check: handler sees the stack of the error
print(xpcall(function() local function inner() error("deep") end inner() end, function(m) return debug.getinfo(2, "n").name, m end))
print(xpcall(function() local v = 42; error("x") end, function(m) return (select(2, debug.getlocal(3, 1))) end))
-- check: load
-- versions: 5.2+
print(load("return 1 + 1")()) print(load("syntax error here")) print(load(function() return nil end)()) print(pcall(load)) print(pcall(load, 5)) print(pcall(load, {})) print(load("", "n")())
local parts = { "return ", "4", "2" } local i = 0 print(load(function() i = i + 1 return parts[i] end)())
i = 0 parts = { "return 'a", "", "b'" } print(load(function() i = i + 1 return parts[i] end))
print(load(function() return {} end)) print(load(function() error("reader failed", 0) end))
-- check: load with modes
-- versions: 5.2+
print(load("return 1", "x", "b")) print(load("return 1", "x", "t")()) print(load("return 1", "x", "bt")()) print(load("return 1", "x", "")) print(load("return 1", "x", "q"))
local d = string.dump(load "return 7")
print(load(d, "x", "t")) print(load(d, "x", "b")()) print(load(d)()) print(load(d, "x", "bt")()) print(load(d, "x", "none"))
try(load, "x", {}) try(load, "return 1", "n", {}) try(load, "return 1", "n", 5)
-- check: load with environments
local env = { y = 5 }
print(load("x = 1; return y", "n", "t", env)(), env.x, x) print(load("return _ENV", "n", "t", env)() == env) print(load("return _ENV", "n", "t", nil)()) print(load("local a = ...; return a, _ENV ~= nil")(3))
-- check: loaded functions have upvalues
local f = load("return x") print(debug.getupvalue(f, 1) == "_ENV", debug.getupvalue(f, 2)) local g = load(string.dump(f)) print((debug.getupvalue(g, 1)))
local function counter() local c = 0 return function() c = c + 1 return c end end
local h = load(string.dump(counter())) print(pcall(h)) debug.setupvalue(h, 1, 10) print(h(), debug.getupvalue(h, 1))
-- check: dofile and loadfile
-- versions: 5.2+
local name = os.tmpname()
local function write(s) local f = io.open(name, "wb") f:write(s) f:close() end
write "return ..., 'x'" print(dofile(name)) print(loadfile(name)(1, 2)) write "x = " print((select(2, loadfile(name)):gsub("^.*:(%d+):", "F:%1:"))) print((select(2, pcall(dofile, name)):gsub("^.*:(%d+):", "F:%1:")))
write "#!shebang\nreturn 'after shebang', debug.getinfo(1, 'l').currentline" print(dofile(name)) write "#only" print(dofile(name)) write "\xEF\xBB\xBFreturn 'bom'" print(dofile(name)) write "\xEF\xBB\xBF# c\nreturn 'both'" print(dofile(name)) write "" print(dofile(name)) print(loadfile(name, "b")) 
write(string.dump(load "return 'binary'")) print(dofile(name)) print(loadfile(name, "b")()) print((select(2, loadfile(name, "t")):gsub("^.-: ", ""):gsub("/tmp/[%w_]+", "F"))) write("# first\n" .. string.dump(load "return 'after comment'")) print(dofile(name))
write "return y" print(loadfile(name, "t", { y = "from env" })()) os.remove(name)
print(loadfile("/nonexistent/file.lua")) try(dofile, "/nonexistent/file.lua") print(loadfile("/")) try(loadfile, {}) try(dofile, {})
-- check: print
print() print(nil) print(1, 2.0, "x", true, nil) print(setmetatable({}, { __tostring = function() return "custom" end })) try(print, setmetatable({}, { __tostring = function() return 1 end })) print("a\0b") io.write("no newline") print("")
print(setmetatable({}, { __name = "x", __tostring = function() return "named" end }))
local old = tostring tostring = function() return "replaced" end print(1, nil) tostring = old
-- check: type
-- versions: 5.2+
print(type(nil), type(1), type(1.5), type("x"), type(true), type({}), type(print), type(function() end), type(coroutine.create(print)), type(io.stdout)) try(type)
-- check: rawequal and equality
print(1 == 1.0, rawequal(1, 1.0), rawequal("a", "a"), rawequal({}, {}), rawequal(nil, nil), rawequal(0, -0.0), rawequal(print, print), rawequal(("x"):rep(50), ("x"):rep(50)))
-- check: _G and _VERSION
print(_VERSION, _G._G == _G, _G.print == print, _ENV == _G) local names = {} for k in pairs(_G) do names[#names + 1] = k end table.sort(names) print(table.concat(names, " "))
-- check: names in the libraries
-- versions: 5.3+
for _, lib in ipairs { "string", "table", "math", "io", "os", "coroutine", "utf8", "debug", "package" } do local t = {} for k, v in pairs(_G[lib]) do t[#t + 1] = k .. ":" .. type(v) end table.sort(t) print(lib, table.concat(t, " ")) end
-- check: methods of files
local t = {} for k in pairs(getmetatable(io.stdout)) do t[#t + 1] = k end table.sort(t) print(table.concat(t, " ")) t = {} for k in pairs(getmetatable(io.stdout).__index) do t[#t + 1] = k end table.sort(t) print(table.concat(t, " "))
-- check: argument errors of base functions
try(setmetatable, {}) try(tonumber, {}, 10) try(rawlen, 1) try(select, {}) try(getmetatable) try(ipairs) try(next, nil) try(collectgarbage, "nothing") try(collectgarbage, {}) try(tostring) try(load, nil) try(error) try(rawset, {}, 1) try(rawget, {}, nil) try(warn) try(warn, 1, {}) try(warn, nil)
-- check: function names in argument errors
try(function() string.rep() end) try(function() ("x"):rep() end) try(function() local r = string.rep; r() end) try(function() local t = { f = string.rep }; t.f() end) try(function() io.stdout.write() end) try(function() io.stdout:seek("bad") end) try(function() setmetatable(1) end) try(function() return math.floor({}) end) try(function() return (math.floor)() end)
foo = string.gmatch try(function() foo() end) local t = { ["odd name"] = string.rep } try(function() t["odd name"]() end) try(function() return string.rep() end)
-- check: calling bad self
try(function() io.stdout.write(5) end) try(function() local f = io.stdout; f.close() end) try(function() local s = ""; s.rep() end) try(function() local o = { rep = string.rep }; o:rep(1) end) try(function() local o = setmetatable({}, { __index = string }); o:upper() end) try(function() local o = setmetatable({}, { __index = string }); o:rep(1, {}) end)
-- check: stack overflow in Lua
local function f() return 1 + f() end local ok, m = pcall(f) print(ok, (m:gsub("%s*stack traceback.*", "")))
local function g(x) local a, b, c = x, x, x; return (g(x)) end ok, m = pcall(g, 1) print(ok, m)
local t = setmetatable({}, {}) getmetatable(t).__index = function(t, k) return t[k .. "x"] end ok, m = pcall(function() return t.a end) print(ok, m:match("overflow"))
-- check: C stack overflow
local function f() return table.concat({ setmetatable({}, { __tostring = f }) }) end
local s = "x" local function g(c) return (s:gsub("x", g)) end local ok, m = pcall(g) print(ok, m)
local function h(a, b) table.sort({ 1, 2 }, h) return false end ok, m = pcall(h) print(ok, m)
local t = setmetatable({}, {}) getmetatable(t).__tostring = function() return tostring(t) end ok, m = pcall(tostring, t) print(ok, m)
local co local function c() local co = coroutine.wrap(c) return co() end ok, m = pcall(c) print(ok, (m:gsub("^.-: ", "")))
local function l() return load("return ...")(l) and load(function() l() end) end print(pcall(l) ~= nil)
-- check: stack overflow in message handler
print(xpcall(function() error("x") end, function() local function f() return f() + 1 end return f() end))
local function loop() return loop() + 1 end print(select(2, xpcall(loop, function(m) return loop() end)))
-- check: recursion through pcall
local depth = 0 local function f() depth = depth + 1 local ok, e = pcall(f) if not ok then error(e, 0) end end local ok, m = pcall(f) print(ok, m, depth > 100)
-- check: not enough memory is caught
-- versions: 5.3+
print(pcall(string.rep, "x", 1 << 50)) print(pcall(function() local s = ("x"):rep(1 << 46) return s end))
-- check: too many results
-- versions: 5.2+
print(pcall(table.unpack, {}, 1, 1e6)) print(pcall(function() return unpack({}, 1, 1e7) end)) print(select("#", unpack({}, 1, 150000)))
local function f(...) return select("#", ...) end print(pcall(f, unpack({}, 1, 300000)))
-- check: warn
-- versions: 5.4+
warn("@on") warn("simple") warn("a", "b", "c") warn("@off") warn("hidden") warn("@on") warn("@unknown") warn("@", "on") warn("") warn("@on", "x") warn(1, 2.5)
-- check: warnings are off by default
-- versions: 5.4+
warn("not seen") print("fine")
-- check: numeric strings as arguments
print(pcall(math.max, "10", 9)) print(pcall(math.max, "x")) print(("x"):rep("3"), select("2", "a", "b"), table.concat({ 1, 2 }, 0), string.sub("hello", "2", "3")) print(math.floor("3.7"), pcall(math.floor, "abc"), ("5"):byte("1"))
