-- The debug library: information, locals, upvalues, tracebacks, hooks.
local load = _VERSION == "Lua 5.1" and loadstring or load
local function try(f, ...) print(pcall(f, ...)) end

-- check: getinfo of a Lua function
local function f(a, b, ...)
  local c
  return c
end
local i = debug.getinfo(f)
print(i.source, i.short_src, i.what, i.linedefined, i.lastlinedefined, i.currentline, i.nups, i.nparams, i.isvararg, i.name, i.namewhat, i.func == f, i.istailcall, i.ftransfer, i.ntransfer, i.activelines)
-- check: getinfo of a C function
local i = debug.getinfo(print) print(i.source, i.short_src, i.what, i.linedefined, i.lastlinedefined, i.currentline, i.nups, i.nparams, i.isvararg, i.name, i.namewhat, i.func == print)
-- check: getinfo of levels
local function f() local i = debug.getinfo(1, "nSl") print(i.name, i.namewhat, i.what, i.currentline) local j = debug.getinfo(2, "nSl") print(j.name, j.what, j.currentline) local k = debug.getinfo(0, "nS") print(k.name, k.what) return debug.getinfo(10) end
print(f()) print(debug.getinfo(1, "l").currentline)
-- check: getinfo of names
-- versions: 5.4+
local t = {} function t.field() return debug.getinfo(1, "n") end function t:method() return debug.getinfo(1, "n") end function globalf() return debug.getinfo(1, "n") end local function localf() return debug.getinfo(1, "n") end local up = function() return localf() end
local function show(i) print(i.name, i.namewhat) end
local i = t.field() show(i) i = t:method() show(i) i = globalf() show(i) i = localf() show(i) i = (function() local x = localf() return x end)() show(i) i = t["field"]() show(i) i = (t.field)() show(i) local function uses() local x = localf() return x end show(uses())
i = setmetatable({}, { __index = function() return debug.getinfo(1, "n") end }).x show(i) i = setmetatable({}, { __add = function() return debug.getinfo(1, "n") end }) + 1 show(i) i = setmetatable({}, { __call = function() return debug.getinfo(1, "n") end })() show(i) i = -setmetatable({}, { __unm = function() return debug.getinfo(1, "n") end }) show(i) i = setmetatable({}, { __concat = function() return debug.getinfo(1, "n") end }) .. "" show(i)
for x in function(_, v) if not v then return debug.getinfo(1, "n") end end do show(x) break end
do local c <close> = setmetatable({}, { __close = function() show(debug.getinfo(1, "n")) end }) end
local _ = setmetatable({}, { __eq = function() show(debug.getinfo(1, "n")) return true end }) == setmetatable({}, {}) local _ = setmetatable({}, { __lt = function() show(debug.getinfo(1, "n")) return true end }) < 1 local _ = setmetatable({}, { __le = function() show(debug.getinfo(1, "n")) return true end }) <= 1 local _ = #setmetatable({}, { __len = function() show(debug.getinfo(1, "n")) return 1 end }) setmetatable({}, { __newindex = function() show(debug.getinfo(1, "n")) end }).x = 1
-- check: getinfo of tail calls
-- versions: 5.2+
local function f() local i = debug.getinfo(1, "nt") return i.name, i.istailcall end local function g() return f() end print(g()) print((f()))
-- check: getinfo options
-- versions: 5.4+
for _, o in ipairs { "n", "S", "l", "t", "u", "f", "r", "L", "nSltufrL", "" } do local i = debug.getinfo(1, o) local k = {} for n in pairs(i) do k[#k + 1] = n end table.sort(k) print(o, table.concat(k, " ")) end
try(debug.getinfo, 1, "x") try(debug.getinfo, 1, ">") try(debug.getinfo, 1, "n>") try(debug.getinfo) try(debug.getinfo, "x") try(debug.getinfo, -1) try(debug.getinfo, {}) try(debug.getinfo, 1, {}) print(debug.getinfo(100), debug.getinfo(1.0, "l").currentline) try(debug.getinfo, 1.5)
-- check: active lines
local f = load("local a = 1\n\n-- comment\nlocal b = 2\nif a then\n  b = 3\nend\nreturn b", "=c") local l = {} for k in pairs(debug.getinfo(f, "L").activelines) do l[#l + 1] = k end table.sort(l) print(table.concat(l, " "))
local function g(...)
  local x = 1
  return x
end
l = {} for k in pairs(debug.getinfo(g, "L").activelines) do l[#l + 1] = k - debug.getinfo(g).linedefined end table.sort(l) print(table.concat(l, " "))
print(debug.getinfo(print, "L").activelines) print(next(debug.getinfo(load(string.dump(f, true)), "L").activelines))
-- check: current line in expressions
local function line() return debug.getinfo(2, "l").currentline end
print(line(),
  line(),
  (line() + line()
  ) > 0)
local t = { line(),
  line() }
print(t[1], t[2])
-- check: getlocal
-- versions: 5.2+
local function f(a, b) local c = 3; do local d = 4 end; local e = 5; local r = {} for i = 1, 10 do local n, v = debug.getlocal(1, i) if not n then break end r[#r + 1] = n .. "=" .. tostring(v):gsub("table.*", "T") end return table.concat(r, " ") end
print(f(1, 2)) local function g(...) print(debug.getlocal(1, -1)) print(debug.getlocal(1, -2)) print(debug.getlocal(1, -3)) print(debug.setlocal(1, -1, "changed")) return ... end print(g(10, 20))
print(debug.getlocal(f, 1), debug.getlocal(f, 2), debug.getlocal(f, 3), debug.getlocal(print, 1)) try(debug.getlocal, 100, 1) try(debug.getlocal) try(debug.getlocal, 1) try(debug.getlocal, {}, 1) try(debug.getlocal, print, "x")
-- check: setlocal
local function f() local x, y = 1, 2 print(debug.setlocal(1, 1, "new"), debug.setlocal(1, 2, nil), debug.setlocal(1, 99, 0)) return x, y end print(f()) try(debug.setlocal, 100, 1, 1) try(debug.setlocal, 1, 1)
-- check: temporaries
local function f() return (function() local r = {} for i = 1, 6 do local n, v = debug.getlocal(2, i) r[#r + 1] = tostring(n) end return table.concat(r, " ") end)() end print((f())) local a = 1 + (function() return #debug.getlocal(1, 1) == 0 and 1 or 2 end)(...) print(a)
-- ends with an error
-- check: locals of C functions
print(pcall(string.gsub, "x", "x", function() print(debug.getlocal(2, 1)) print(debug.getlocal(2, 2)) print(debug.getlocal(2, 20)) end))
-- check: getupvalue and setupvalue
local a, b = 1, "two" local function f() return a, b, print end print(debug.getupvalue(f, 1)) print(debug.getupvalue(f, 2)) print(debug.getupvalue(f, 3) == "_ENV") print(debug.getupvalue(f, 4)) print(debug.setupvalue(f, 1, 100), a) print(debug.setupvalue(f, 9, 1)) print(debug.getupvalue(print, 1), debug.getupvalue(string.gmatch("x", "x"), 1) ) print(select("#", debug.getupvalue(string.gmatch("x", "x"), 1))) try(debug.getupvalue) try(debug.getupvalue, f) try(debug.getupvalue, {}, 1) try(debug.setupvalue, f, 1) try(debug.setupvalue, 1, 1, 1)
-- check: upvalues of stripped functions
-- versions: 5.2+
local a = 5 local f = load(string.dump(function() return a end, true)) print((debug.getupvalue(f, 1))) print(debug.setupvalue(f, 1, 7), f()) print(debug.getlocal(f, 1))
-- check: upvalueid and upvaluejoin
-- versions: 5.4+
local x, y = 1, 2 local function f() return x end local function g() return y end local function h() return x, y end print(debug.upvalueid(f, 1) == debug.upvalueid(h, 1), debug.upvalueid(f, 1) == debug.upvalueid(g, 1), type(debug.upvalueid(f, 1)), debug.upvalueid(f, 5), debug.upvalueid(print, 1)) debug.upvaluejoin(f, 1, g, 1) print(f(), debug.upvalueid(f, 1) == debug.upvalueid(g, 1)) y = 20 print(f(), h())
try(debug.upvaluejoin, f, 9, g, 1) try(debug.upvaluejoin, f, 1, g, 9) try(debug.upvaluejoin, print, 1, g, 1) try(debug.upvaluejoin, f, 1, print, 1) try(debug.upvalueid, f) try(debug.upvalueid, {}, 1) try(debug.upvaluejoin) try(debug.upvalueid, f, 0)
-- check: metatables
print(debug.getmetatable("").__index == string, debug.getmetatable({}), debug.getmetatable(1)) local t = {} print(debug.setmetatable(t, { __metatable = "x" }) == t, getmetatable(t), type(debug.getmetatable(t))) print(debug.setmetatable(5, { __index = { five = true } }), (5).five) debug.setmetatable(5, nil) try(debug.setmetatable, {}) try(debug.setmetatable, {}, 5) try(debug.getmetatable) print(debug.setmetatable(nil, nil))
-- check: registry
print(type(debug.getregistry()), debug.getregistry()[2] == _G, type(debug.getregistry()[1]), type(debug.getregistry()._LOADED), debug.getregistry()._LOADED == package.loaded, type(debug.getregistry()._PRELOAD), type(debug.getregistry()["FILE*"]))
-- check: user values
-- versions: 5.4+
print(debug.getuservalue(io.stdout)) print(debug.getuservalue(io.stdout, 1)) print(debug.getuservalue({})) print(debug.getuservalue(1, 2)) print(debug.setuservalue(io.stdout, 1)) print(debug.setuservalue(io.stdout, 1, 5)) try(debug.setuservalue, {}, 1) try(debug.getuservalue) try(debug.setuservalue, io.stdout)
-- check: traceback forms
print(debug.traceback()) print(debug.traceback("msg")) print(debug.traceback("msg", 0)) print(debug.traceback("msg", 2)) print(debug.traceback(nil)) print(debug.traceback(12)) local t = {} print(debug.traceback(t) == t, debug.traceback(true), debug.traceback("x", 50)) try(debug.traceback, "x", "y") print(debug.traceback(nil, 1))
-- check: traceback names
local t = {} function t.field() print(debug.traceback("field")) end function t:method() t.field() end function globalf() t:method() end local function localf() globalf() end local up = localf local function uses() up() end uses();
(function() print(debug.traceback("anonymous")) end)()
setmetatable({}, { __index = function() print(debug.traceback("meta")) end }).x = nil local _ = setmetatable({}, { __index = function() print(debug.traceback("index")) end }).x local _ = setmetatable({}, { __add = function() print(debug.traceback("add")) end }) + 1
for _ in function(_, v) if not v then print(debug.traceback("iterator")) return 1 end end do end table.sort({ 1, 2 }, function(a, b) print(debug.traceback("sort")) return a < b end) pcall(function() print(debug.traceback("pcall")) end) string.gsub("x", "x", function() print(debug.traceback("gsub")) end)
-- check: traceback of loaded functions in modules
local m = { deep = { f = function() print(debug.traceback("x")) end } } package.loaded.mymod = m m.deep.f() m.g = function() m.deep.f() end m.g() package.loaded["other.mod"] = { h = function() print(debug.traceback("h")) end } package.loaded["other.mod"].h()
-- check: traceback with tail calls
local function f() print(debug.traceback("tail")) end local function g() return f() end local function h() return g() end h()
-- check: long tracebacks are cut
local function f(n) if n == 0 then print((debug.traceback("deep"))) else f(n - 1) end return n end f(40) f(20) f(21) f(22)
-- check: traceback of main and C levels
print(select(2, xpcall(function() error("x") end, debug.traceback))) print(select(2, xpcall(function() string.rep() end, debug.traceback))) print(select(2, xpcall(function() local t = nil; t.x = 1 end, function(m) return debug.traceback(m, 1) end))) print(select(2, xpcall(string.rep, debug.traceback)))
-- check: traceback levels beyond
print(debug.traceback("x", 1)) print(debug.traceback("x", 3)) print(debug.traceback("x", -1))
-- check: hooks by line
local lines = {} debug.sethook(function(e, l) lines[#lines + 1] = l end, "l")
local a = 1
local b = a
for i = 1, 2 do
  a = a + i
end
if a > 10 then
  b = 0
else
  b = 1
end
debug.sethook()
print(table.concat(lines, " "))
-- check: line hooks in functions and loops
-- versions: 5.2+
local lines = {}
local function f(n)
  local s = 0
  while n > 0 do s = s + n
    n = n - 1
  end
  return s
end
debug.sethook(function(e, l) lines[#lines + 1] = l end, "l") f(2) debug.sethook() print(table.concat(lines, " "))
lines = {} debug.sethook(function(e, l) lines[#lines + 1] = l end, "l") for i = 1, 3 do local x = i end debug.sethook() print(table.concat(lines, " "))
lines = {} debug.sethook(function(e, l) lines[#lines + 1] = l end, "l") do local i = 0 ::top:: i = i + 1 if i < 3 then goto top end end debug.sethook() print(table.concat(lines, " "))
-- check: hooks on call and return
local log = {} local function f(x) return x end local function g(x) local y = f(x) return y end local function t(x) return g(x) end
debug.sethook(function(e) local i = debug.getinfo(2, "nS") log[#log + 1] = e .. ":" .. tostring(i.name) .. ":" .. i.what end, "cr") t(1) math.abs(-1) debug.sethook() print(table.concat(log, "\n"))
-- check: hook transfer information
-- versions: 5.4+
local log = {} local function f(a, b) return a + b, a - b end debug.sethook(function(e) local i = debug.getinfo(2, "rnS") log[#log + 1] = e .. " " .. tostring(i.name) .. " " .. i.ftransfer .. " " .. i.ntransfer end, "cr") f(5, 3) debug.sethook() print(table.concat(log, "\n"))
-- check: count hooks
local n = 0 debug.sethook(function(e, l) n = n + 1 assert(e == "count" and l == nil) end, "", 1) local x = 0 for i = 1, 10 do x = x + i end debug.sethook() print(n > 10) n = 0 debug.sethook(function() n = n + 1 end, "", 1000) for i = 1, 100000 do end debug.sethook() print(n > 50) print(debug.gethook())
-- check: gethook
-- versions: 5.3+
local function h() end debug.sethook(h, "crl", 7) local f, m, c = debug.gethook() debug.sethook() print(f == h, m, c) print(debug.gethook()) debug.sethook(h, "") print(debug.gethook()) debug.sethook(nil, "crl") print(debug.gethook()) debug.sethook(h, "", 5) local f, m, c = debug.gethook() debug.sethook() print(f == h, "[" .. m .. "]", c) try(debug.sethook, 5, "c") try(debug.sethook, h) try(debug.sethook, h, {})
-- check: errors in hooks
debug.sethook(function() debug.sethook() error("in hook") end, "l")
print(pcall(function()
  local x = 1
  return x
end))
debug.sethook(function(e, l) if l == debug.getinfo(1, "l").currentline then end end, "l") debug.sethook() print "still here"
-- ends with an error
-- check: hooks per coroutine
local co = coroutine.create(function() local x = 1 coroutine.yield() x = 2 end) local n = 0 debug.sethook(co, function() n = n + 1 end, "l") coroutine.resume(co) coroutine.resume(co) print(n > 0, debug.gethook(), select(2, debug.gethook(co))) local m = 0 debug.sethook(function() m = m + 1 end, "l") local co2 = coroutine.wrap(function() return debug.gethook() ~= nil end) print(co2()) debug.sethook()
-- check: tail call events
local log = {} local function a() return 1 end local function b() return a() end debug.sethook(function(e) log[#log + 1] = e end, "cr") b() debug.sethook() print(table.concat(log, " "))
-- check: line events inside coroutines
local lines = {} local co = coroutine.create(function()
  coroutine.yield(1)
  coroutine.yield(2)
end) debug.sethook(co, function(e, l) lines[#lines + 1] = l end, "l") coroutine.resume(co) coroutine.resume(co) coroutine.resume(co) print(table.concat(lines, " "))
-- check: hook names
local log = {} debug.sethook(function(e) local i = debug.getinfo(1, "n") log[#log + 1] = tostring(i.name) .. "/" .. tostring(i.namewhat) end, "l")
local x = 1
debug.sethook() print(log[1])
-- check: getinfo of main
local i = debug.getinfo(1, "Snl") print(i.what, i.name, i.namewhat, i.linedefined, i.lastlinedefined, i.short_src, i.source)
-- check: sources of chunks
for _, n in ipairs { "=name", "@file.lua", "return 1", "line one\nline two", "", "=", "@", ("x"):rep(100), "@" .. ("y"):rep(100), "=" .. ("z"):rep(100) } do local i = debug.getinfo(load("return 1", n), "S") print(#i.source, i.short_src) end
-- check: arguments of debug functions
try(debug.sethook, print, 1, "x") try(debug.getlocal, 1, "x") try(debug.upvalueid, print) try(debug.setmetatable) try(debug.debug and debug.getinfo, nil)
-- ends with an error
-- check: nparams and vararg
for _, s in ipairs { "", "a", "a, b", "...", "a, ..." } do local f = load("return function(" .. s .. ") end")() local i = debug.getinfo(f, "u") print(i.nparams, i.isvararg, i.nups) end
-- check: stack levels and pcall
local function depth() local n = 0 while debug.getinfo(n + 1, "l") do n = n + 1 end return n end print(depth(), select(2, pcall(depth)), (coroutine.wrap(depth)()))

-- check: lines while variables are closed
-- versions: 5.4+
local function watch(text)
  local f = assert(load(text, "=text"))
  debug.sethook(function(_, line) io.write(line, " ") end, "l")
  f()
  debug.sethook() print()
end
watch "local c = setmetatable({}, {__close = function() end})\ndo\n local x <close> = c\n local y = 1\nend\nlocal q"
watch "local c = setmetatable({}, {__close = function() end})\nlocal function f()\n local x <close> = c\n local y <close> = c\n return 1, 2\nend\nlocal q = f()"
watch "local c = setmetatable({}, {__close = function() end})\nfor i = 1, 2 do\n local x <close> = c\n if i == 1 then goto go_on end\n local y = 1\n ::go_on::\nend\nlocal q"
watch "local c = setmetatable({}, {__close = function() end})\nlocal function f()\n local x <close> = c\n local y <close> = c\n end\n f()\nreturn f()"
watch "do\n return\nend"
-- check: lines of jumps that close variables
local function record(s) local l = {} local f = load(s) if not f then return end debug.sethook(function(e, n) if #l < 60 then l[#l + 1] = n end end, "l") pcall(f) debug.sethook() return table.concat(l, " ") end for _, s in ipairs { "for i = 3, 1 do\nlocal x = i\nif x then break end\nfunction f() return x end\nend\nlocal y", "for i = 1, 3 do\nlocal x = i\nfunction f() return x end\nif x == 2 then break end\nend\nlocal y", "while true do\nlocal x = 1\nfunction f() return x end\nbreak\nend\nlocal y", "repeat\nlocal x = 1\nfunction f() return x end\nif x then\nbreak\nend\nuntil false\nlocal y", "for k in pairs { 1 } do\nlocal x = 1\nfunction f() return x end\nif x then\ngoto e\nend\nend\n::e::\nlocal y", "do\nlocal x = 1\nfunction f() return x end\nif x then goto e else goto e end\nend\n::e::\nlocal y", "for i = 1, 2 do\nfor j = 1, 2 do\nlocal x = i\nfunction f() return x end\nif j == 2 then goto continue end\nend\n::continue::\nend" } do print(record(s)) end
-- check: calls that print makes
local events = {}
debug.sethook(function(e) local i = debug.getinfo(2, "nS") events[#events + 1] = e .. " " .. tostring(i.name) .. " " .. i.what end, "cr")
print(1, "x", setmetatable({}, { __tostring = function() return "object" end }))
debug.sethook()
print(table.concat(events, ", "))
