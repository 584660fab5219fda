-- The debug library: arguments, messages and results on every kind of function and frame.
-- versions: 5.4
local function show(...) local r = table.pack(...) for i = 1, r.n do local t = type(r[i]) if t ~= "nil" and t ~= "number" and t ~= "string" and t ~= "boolean" then r[i] = t end end print(table.unpack(r, 1, r.n)) end
local function try(f, ...) show(pcall(f, ...)) end
local keys = {} for k in pairs(debug) do keys[#keys + 1] = k end table.sort(keys) print(table.concat(keys, " "))
local function dump(t) if type(t) ~= "table" then return show(t) end local k = {} for n in pairs(t) do k[#k + 1] = n end table.sort(k) for i, n in ipairs(k) do local v = t[n] k[i] = n .. "=" .. (type(v) == "function" and "function" or type(v) == "table" and "table" or tostring(v)) end print(table.concat(k, " ")) end
local function lines(t) local k = {} for n in pairs(t) do k[#k + 1] = n end table.sort(k) print(table.concat(k, " ")) end
-- getinfo
local function f(a, b, ...)
  local x = 1
  return debug.getinfo(1)
end
dump(debug.getinfo(1)); dump(debug.getinfo(f)); dump((f())); dump(debug.getinfo(print)); dump(debug.getinfo(1, "l")); dump(debug.getinfo(f, "")); lines(debug.getinfo(f, "L").activelines); dump(debug.getinfo(print, "L")); dump(debug.getinfo(f, "SLnu")); show(debug.getinfo(100)); show(debug.getinfo(-1)); show(debug.getinfo(2^31 // 1))
for _, o in ipairs { "S", "l", "u", "n", "r", "t", "f", "L", "fL", "Lf", "Sl" } do dump(debug.getinfo(f, o)); dump(debug.getinfo(1, o)) end
try(debug.getinfo); try(debug.getinfo, "x"); try(debug.getinfo, 1, "X"); try(debug.getinfo, 1, ">S"); try(debug.getinfo, f, ">S"); try(debug.getinfo, f, "x"); try(debug.getinfo, 1, {}); try(debug.getinfo, 1.5); try(debug.getinfo, coroutine.create(f)); try(debug.getinfo, coroutine.create(f), 0); try(debug.getinfo, coroutine.create(f), "x"); try(debug.getinfo, {}, 1); try(debug.getinfo, nil)
dump(debug.getinfo(load("return 1", "=name"), "S")); dump(debug.getinfo(load("return 1", "@file/name.lua"), "S")); dump(debug.getinfo(load("local a\nreturn 2", "x"), "S")); dump(debug.getinfo(load("\n\nreturn 1"), "S")); dump(debug.getinfo(load("x = 1", ("long"):rep(30)), "S")); dump(debug.getinfo(load("x = 1", "@" .. ("long"):rep(30)), "S")); dump(debug.getinfo(load("x = 1", "=" .. ("long"):rep(30)), "S")); dump(debug.getinfo(load(string.dump(f, true)), "S")); dump(debug.getinfo(load("x = 1", "a\0b"), "S"))
local co = coroutine.create(function(...) local y = 5; coroutine.yield(...) error("dead") end)
dump(debug.getinfo(co, 0)); coroutine.resume(co, 1, 2); dump(debug.getinfo(co, 0)); dump(debug.getinfo(co, 1)); dump(debug.getinfo(co, 1, "fL")); show(debug.getinfo(co, 2)); print((debug.traceback(co))); print((debug.traceback(co, "msg"))); print((debug.traceback(co, "msg", 1))); print((debug.traceback(co, nil, 5)))
show(debug.getlocal(co, 1, 1)); show(debug.getlocal(co, 1, 2)); show(debug.getlocal(co, 1, -1)); show(debug.getlocal(co, 1, -3)); show(debug.setlocal(co, 1, 1, "new")); show(debug.getlocal(co, 1, 1)); show(debug.setlocal(co, 1, 99, "new")); coroutine.resume(co); print((debug.traceback(co))); dump(debug.getinfo(co, 0)); dump(debug.getinfo(co, 1))
-- names of functions and of how they are called
local t = { m = function() return debug.getinfo(1, "n") end }
function globalf() return debug.getinfo(1, "n") end
local function lf() local i = debug.getinfo(1, "n") return i end
local function up() local i = lf() return i end
local function names(i) print(i.name, i.namewhat) end
names(t.m()); names(t:m()); names(globalf()); names(lf()); names(up()); names((function() local i = debug.getinfo(1, "n") return i end)()); local i = t["m"]() names(i); local arr = { lf } i = arr[1]() names(i); i = _G.globalf() names(i); i = string.format("%s", "x") names({ name = i, namewhat = "" })
-- locals
local function g(a, b, ...) local c <const>, d = 3, 4; do local e = 5 end local r = {} for n = -3, 8 do r[#r + 1] = n .. ":" .. tostring((debug.getlocal(1, n))) end print(table.concat(r, " ")) show(debug.setlocal(1, 1, "A"), debug.setlocal(1, -1, "V"), debug.setlocal(1, 50, 0)) show(a, b, c, d, ...) end
g(1, 2, "v1", "v2"); g(1); show(debug.getlocal(g, 1)); show(debug.getlocal(g, 2)); show(debug.getlocal(g, 3)); show(debug.getlocal(g, -1)); show(debug.getlocal(print, 1)); try(debug.getlocal); try(debug.getlocal, 1); try(debug.getlocal, 1, "x"); try(debug.getlocal, 100, 1); try(debug.getlocal, -1, 1); try(debug.getlocal, {}, 1); try(debug.setlocal); try(debug.setlocal, 1); try(debug.setlocal, 1, 1); try(debug.setlocal, 100, 1, 1); try(debug.getlocal, co, 50, 1)
-- upvalues
local u1, u2 = 1, 2
local function h() return u1, u2, print end
local function k() return u2 end
for n = 0, 4 do show(debug.getupvalue(h, n)) end show(debug.setupvalue(h, 1, "U")); show(u1); show(debug.setupvalue(h, 9, 1)); try(debug.setupvalue, h, 1); try(debug.getupvalue); try(debug.getupvalue, 1, 1); try(debug.getupvalue, h); try(debug.getupvalue, h, "x"); show(debug.getupvalue(print, 1)); show(debug.getupvalue(string.gmatch("a", "a"), 1)); show(debug.setupvalue(coroutine.wrap(f), 1, coroutine.create(f))); show(debug.getupvalue(load("return x"), 1))
show(debug.upvalueid(h, 2) == debug.upvalueid(k, 1), debug.upvalueid(h, 1) == debug.upvalueid(k, 1)); show(debug.upvalueid(h, 9)); show(debug.upvalueid(print, 1)); try(debug.upvalueid, 1, 1); try(debug.upvalueid, h); show(type(debug.upvalueid(string.gmatch("a", "a"), 1)))
debug.upvaluejoin(h, 1, k, 1) show(h()); try(debug.upvaluejoin, h, 9, k, 1); try(debug.upvaluejoin, h, 1, k, 9); try(debug.upvaluejoin, print, 1, k, 1); try(debug.upvaluejoin, string.gmatch("a", "a"), 1, k, 1); try(debug.upvaluejoin, h, 1, string.gmatch("a", "a"), 1); try(debug.upvaluejoin, h, 1); try(debug.upvaluejoin, 1, 1, k, 1)
-- metatables, user values, registry
try(debug.getmetatable); show(debug.getmetatable({})); show(debug.getmetatable("").__index == string); show(debug.setmetatable(10, { __index = function(_, n) return n end })); show((5).field, debug.getmetatable(1) ~= nil); debug.setmetatable(10, nil); try(debug.setmetatable, 1, 1); try(debug.setmetatable, 1); try(debug.setmetatable); debug.setmetatable(nil, { __index = { z = 1 } }) show((nil).z) debug.setmetatable(nil, nil) debug.setmetatable(print, { __index = { q = 2 } }) show(print.q) debug.setmetatable(print, nil)
show(debug.getuservalue(io.stdout)); show(debug.getuservalue(io.stdout, 2)); show(debug.getuservalue(1)); show(debug.setuservalue(io.stdout, 1)); try(debug.setuservalue, 1, 1); try(debug.setuservalue, io.stdout); try(debug.setuservalue); try(debug.getuservalue); show(debug.getregistry()._LOADED == package.loaded); show(debug.getregistry()[2] == _G, type(debug.getregistry()[1])); show(debug.setcstacklimit(100), debug.setcstacklimit(1)); try(debug.setcstacklimit)
-- traceback
print(debug.traceback()); print(debug.traceback("m")); print(debug.traceback("m", 0)); print(debug.traceback("m", 2)); print(debug.traceback("m", 50)); show(debug.traceback({})); show(debug.traceback(nil) == debug.traceback()); show(debug.traceback(print)); print(debug.traceback(12)); print(debug.traceback("a\0b")); try(debug.traceback, "m", "x"); print(debug.traceback(co, "m")); show(debug.traceback(co, {})); show(debug.traceback(true))
local function deep(n) if n == 0 then print(debug.traceback("deep")) else deep(n - 1) end return nil end deep(5); deep(30)
local function tail(n) if n == 0 then print(debug.traceback("tail")) return end return tail(n - 1) end tail(5)
print(select(2, xpcall(function() local x = nil; x.y = 1 end, debug.traceback))); print(select(2, xpcall(function() string.rep() end, debug.traceback))); print(select(2, xpcall(function() error({}) end, function(e) return debug.traceback("h") end))); print(select(2, xpcall(table.sort, debug.traceback, { 3, 2, 1 }, function() error("in sort") end)))
setmetatable(t, { __index = function(_, n) print(debug.traceback("index")) return n end, __add = function() print(debug.traceback("add")) return 1 end, __close = function() print(debug.traceback("close")) end }) local _ = t.zzz, t + 1 do local c <close> = t end for q in function() print(debug.traceback("iter")) end do end
-- hooks
try(debug.sethook, 1); try(debug.sethook, print); try(debug.sethook, print, {}); try(debug.sethook, print, "c", "x"); show(debug.gethook()); show(debug.sethook()); show(debug.sethook(nil, "c")); show(debug.gethook(co)); try(debug.sethook, co, 1, "c")
local log = {}
local function hook(e, l) log[#log + 1] = e .. (l and ":" .. l or "") end
local function body(n)
  local s = 0
  for i = 1, n do
    s = s + i
  end
  if s > 3 then return math.abs(s) end
  return tostring(s)
end
for _, m in ipairs { "l", "c", "r", "cr", "crl", "" } do log = {} debug.sethook(hook, m); body(2); body(3); show(debug.gethook()); debug.sethook(); print(m, table.concat(log, " ")) end
log = {} debug.sethook(hook, "", 3); body(10); show(select(2, debug.gethook())); debug.sethook(); print(#log > 5, log[1]); show(debug.gethook())
log = {} debug.sethook(function(e) local i = debug.getinfo(2, "nSltr") log[#log + 1] = e .. ":" .. tostring(i.name) .. ":" .. i.currentline .. ":" .. tostring(i.istailcall) .. ":" .. i.ftransfer .. ":" .. i.ntransfer end, "crl") body(3) local z = ("x"):rep(2) debug.sethook() print(table.concat(log, " "))
log = {} co = coroutine.create(function() body(1) coroutine.yield() body(1) end) debug.sethook(co, hook, "c") coroutine.resume(co) coroutine.resume(co) show(debug.gethook(co)) print(#log, table.concat(log, " ")); show(debug.gethook())
show(coroutine.resume(coroutine.create(function() debug.sethook(function() error("from hook") end, "l")
  local x = 1
end)))
show(coroutine.resume(coroutine.create(function() debug.sethook(function() error("from count") end, "", 1)
  local x = 1
end)))
show(coroutine.resume(coroutine.create(function() debug.sethook(function() coroutine.yield() end, "l")
  local x = 1
end)))
