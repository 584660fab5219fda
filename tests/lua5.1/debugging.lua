-- The debug library of 5.1: tail calls as levels, hooks, names, environments.
local function show(...)
  local values = { ... }
  for i = 1, select("#", ...) do
    local v = values[i]
    values[i] = (type(v) == "table" or type(v) == "function") and type(v) or tostring(v)
  end
  print(table.concat(values, "\t"))
end
local function try(f, ...) show(pcall(f, ...)) end

-- check: fields of getinfo
local function f(a, b, ...) local c = a return c, b end
local info = debug.getinfo(f)
local names = {}
for name in pairs(info) do names[#names + 1] = name end
table.sort(names)
for _, name in ipairs(names) do print(name, name ~= "func" and name ~= "activelines" and info[name]) end
for _, line in ipairs { 12, 13, 14 } do print(line, info.activelines and info.activelines[line]) end
-- check: options of getinfo
local function keys(t) local names = {} for name in pairs(t) do names[#names + 1] = name end table.sort(names) return table.concat(names, " ") end
for _, what in ipairs { "n", "S", "l", "u", "f", "L", "nSluf", "" } do print(what, keys(debug.getinfo(1, what)), keys(debug.getinfo(print, what))) end
try(debug.getinfo, 1, "X")
try(debug.getinfo, 1, ">")
try(debug.getinfo, 1, "nX")
try(debug.getinfo, print, "t")
try(debug.getinfo, 1, 5)
-- check: wrong arguments of getinfo
try(debug.getinfo)
try(debug.getinfo, "x")
try(debug.getinfo, {})
try(debug.getinfo, 1e9)
try(debug.getinfo, -1)
try(debug.getinfo, 100)
try(debug.getinfo, "1")
print(debug.getinfo(1.9, "l").currentline)
-- check: upvalues
local a, b = 1, 2
local function f() return a, b end
print(debug.getinfo(f).nups, debug.getupvalue(f, 1))
print(debug.getupvalue(f, 2))
print(debug.getupvalue(f, 3))
print(debug.getupvalue(f, 0))
print(debug.setupvalue(f, 2, "new"), b, debug.setupvalue(f, 3, 0))
print(debug.getupvalue(print, 1), debug.getupvalue(string.gmatch("x", "x"), 1))
try(debug.getupvalue, f)
try(debug.getupvalue, 1, 1)
try(debug.setupvalue, f, 1)
-- check: local variables
local function f(a, ...)
  local b = a
  do local hidden = 1 end
  for i = 1, 1 do
    local n = 1
    while true do
      local name, value = debug.getlocal(1, n)
      if not name then break end
      print(n, name, type(value) == "number" and value or type(value))
      n = n + 1
    end
  end
end
f(1, 2, 3)
f()
try(debug.getlocal, 100, 1)
try(debug.getlocal, 1)
try(debug.getlocal, f, 1)
-- check: setlocal
local x = 1
print(debug.setlocal(1, 3, 5), x)
print(debug.setlocal(1, 100, 5))
try(debug.setlocal, 100, 1, 1)
try(debug.setlocal, 1, 1)
-- check: tail calls as levels
local function show()
  for level = 1, 20 do
    local info = debug.getinfo(level)
    if not info then break end
    print(level, info.what, info.short_src, info.currentline, info.linedefined, info.namewhat, info.name, info.func ~= nil, info.nups)
  end
end
local function inner() show() end
local function middle() return inner() end
local function outer() return middle() end
outer()
print(debug.getinfo(1, "n").name)
-- check: locals of tail call levels
local function look()
  print(debug.getinfo(2, "S").what, debug.getinfo(2, "f").func, debug.getinfo(2, "l").currentline)
  print((pcall(debug.getlocal, 2, 1)), (debug.getlocal(2, 1)))
end
local function tail() return look() end
tail()
-- check: traceback
local function f(n) if n == 0 then return debug.traceback("message") end local r = f(n - 1) return r end
print(f(2))
print(f(30))
-- check: traceback from a level
local function f() print(debug.traceback("zero", 0)) print(debug.traceback("one", 1)) print(debug.traceback("two", 2)) print(debug.traceback("many", 50)) end
f()
print(debug.traceback(nil))
print(debug.traceback(5))
print(debug.traceback({}) ~= nil, debug.traceback(true), type(debug.traceback(print)))
print(debug.traceback())
print(debug.traceback(nil, 1))
try(debug.traceback, "x", "y")
-- check: traceback names
local t = { field = function() print(debug.traceback()) end }
function t:method() self.field() end
function global() t:method() end
local function localized() global() end
localized()
pcall(global)
table.sort({ 1, 2 }, function() print(debug.traceback("sorting")) end)
-- check: traceback of a coroutine
local co = coroutine.create(function(a) local function g() coroutine.yield() error("oops") end g() end)
print(debug.traceback(co))
coroutine.resume(co)
print(debug.traceback(co))
print(debug.traceback(co, "message"))
print(debug.traceback(co, "message", 1))
print(debug.traceback(co, nil, 0))
print(coroutine.resume(co))
print(debug.traceback(co, "dead"))
print(debug.getinfo(co, 0, "S") and debug.getinfo(co, 0, "S").what, debug.getinfo(co, 1, "l") and debug.getinfo(co, 1, "l").currentline)
-- check: other threads' locals and hooks
local co = coroutine.create(function(a) local b = a + 1 coroutine.yield() return a, b end)
coroutine.resume(co, 10)
print(debug.getlocal(co, 1, 1))
print(debug.getlocal(co, 1, 2))
print(debug.setlocal(co, 1, 2, "set"))
try(debug.getlocal, co, 5, 1)
local hook = function() end
debug.sethook(co, hook, "l", 3)
print(debug.gethook(co) == hook, select(2, debug.gethook(co)))
print(debug.gethook())
print(coroutine.resume(co))
-- check: line hooks
local lines = {}
local function f(n)
  local s = 0
  for i = 1, n do
    s = s + i
  end
  if s > 2 then
    s = 0
  else
    s = 1
  end
  while s < 2 do s = s + 1 end
  repeat
    s = s - 1
  until s < 0
  local t = {
    a = 1,
    b = s
  }
  return t
end
debug.sethook(function(event, line) lines[#lines + 1] = line end, "l")
f(2)
debug.sethook()
print(table.concat(lines, " "))
-- check: count hooks
local n = 0
debug.sethook(function(event) n = n + 1 assert(event == "count") end, "", 1000)
for i = 1, 100000 do end
debug.sethook()
print(n > 50, debug.gethook())
-- check: call and return hooks
local log = {}
local function f() return 1 end
local function g() local x = f() return x end
local function h() return f() end
debug.sethook(function(event) local info = debug.getinfo(2, "nS") log[#log + 1] = event .. " " .. tostring(info.name) .. " " .. info.what end, "cr")
g()
h()
pcall(error)
debug.sethook()
print(table.concat(log, "\n"))
-- check: hooks and errors
local ok, message = pcall(function()
  debug.sethook(function() debug.sethook() error("from the hook") end, "l")
  return 1
end)
print(ok, message)
-- check: wrong hooks
try(debug.sethook, 5, "l")
try(debug.sethook, print, 5)
try(debug.sethook, print)
try(debug.sethook, print, {})
debug.sethook()
print(debug.sethook(print, ""), debug.gethook() == print, select(2, debug.gethook()))
-- check: a hook that yields
local co = coroutine.wrap(function() debug.sethook(function() coroutine.yield() end, "l")
  local x = 1
  return x end)
try(co)
-- check: environments by the debug library
local env = {}
local co = coroutine.create(function() return x end)
print(debug.setfenv(co, env) == co, debug.getfenv(co) == env, debug.getfenv(print) == _G, debug.getfenv(1))
local u = newproxy()
print(debug.getfenv(u) == _G, debug.setfenv(u, env) == u, debug.getfenv(u) == env)
try(debug.setfenv, 5, {})
try(debug.setfenv, {}, {})
try(debug.setfenv, print, 5)
try(debug.setfenv, nil, {})
try(debug.getfenv)
-- check: metatables of all types
print(debug.setmetatable(5, { __index = function(n, k) return k .. n end }), (5).x)
print(debug.setmetatable(nil, { __call = function(...) return "called" end }), (nil)())
debug.setmetatable(nil, nil)
print(debug.getmetatable("").__index == string, debug.getmetatable(print))
debug.setmetatable(print, { __add = function() return "sum" end })
print(print + 1, debug.setmetatable(print, nil))
debug.setmetatable(true, { __len = function() return "length" end })
print(#true, debug.setmetatable(true, nil))
try(debug.setmetatable, 1, 2)
try(debug.setmetatable, 1)
debug.setmetatable(5, nil)
-- check: the registry
local registry = debug.getregistry()
print(type(registry), registry._LOADED == package.loaded, type(registry["FILE*"]), type(registry._LOADLIB))
-- check: names in errors of called functions
local function f() local x = nil; x() end
try(f)
local t = {}
try(function() t.x.y.z = 1 end)
try(function() t:nothing() end)
try(function() undefined() end)
try(function() return t.a + 1 end)
try(function() return 1 + undefined end)
try(function() return -t end)
try(function() return #undefined end)
try(function() return t .. "x" end)
try(function() return "x" .. {} .. "y" end)
try(function() return t < 1 end)
try(function() return {} < {} end)
try(function() return nil < 1 end)
try(function() return "a" < 1 end)
try(function() return print < print end)
try(function() t[nil] = 1 end)
try(function() t[0 / 0] = 1 end)
try(function() return ("x")() end)
try(function() return (1)() end)
try(function() for i = "a", 2 do end end)
try(function() for i = 1, {} do end end)
try(function() for i = 1, 2, print do end end)
try(function() for i in 5 do end end)
try(function() for i in nil do end end)
try(function() local a a.b.c = 1 end)
try(function() string.rep() end)
try(function() ("x"):rep({}) end)
try(function() ("x"):bad() end)
try(string.rep, "x", "y")
try(function() setmetatable(1, {}) end)
try(function() local s = string s.rep() end)
try(function() string.format("%d", "x") end)
-- check: names with environments
local f = loadstring("return x.y.z", "=chunk")
setfenv(f, { x = {} })
try(f)
setfenv(f, setmetatable({}, { __index = function(_, k) return nil end }))
try(f)
-- check: chunk names in messages
for _, name in ipairs { "=name", "@file.lua", "code", "line one\nline two", "=" .. ("n"):rep(100), "@" .. ("p/"):rep(60), ("c"):rep(100), "", "=", "@", "\n", "a\rb" } do
  print(select(2, loadstring("x =", name)))
  print(select(2, pcall(loadstring("error 'x'", name))))
end
-- check: positions of errors
local function f(level) error("message", level) end
local function g(level)
  f(level)
end
for level = 0, 4 do print(pcall(g, level)) end
print(pcall(error))
print(pcall(error, nil, 2))
print(pcall(error, { 1 }) == false)
print(pcall(error, 5))
print(pcall(error, 5, 2))
print(pcall(error, "x", 100))
print(pcall(error, "x", -1))
-- check: hooks that fail
local function work() local s = 0 for i = 1, 100 do s = s + i end return s end
for _, mask in ipairs { "c", "r", "l", "" } do
  local n = 0
  local function failing() n = n + 1 if n == 3 then debug.sethook() error("third", 0) end end
  print(mask, pcall(function() debug.sethook(failing, mask, mask == "" and 10 or 0) work() work() work() debug.sethook() end))
  print(n)
  local function object() debug.sethook() error({}) end
  show(mask, pcall(function() debug.sethook(object, mask, mask == "" and 10 or 0) work() debug.sethook() end))
end
-- check: the variable arg is there from the beginning, also for hooks
local log = {}
local function f(...)
  local x = 1
  return x, ...
end
local function g(a, ...) return arg.n, a end
debug.sethook(function(event, line)
  local names = {}
  for n = 1, 3 do
    local name, value = debug.getlocal(2, n)
    if not name or name:sub(1, 1) == "(" then break end
    names[n] = name .. "=" .. (name == "arg" and value and value.n .. " values" or tostring(value))
  end
  log[#log + 1] = event .. tostring(line) .. ":" .. table.concat(names, ",")
end, "cl")
f(1, 2)
f()
g(1, 2, 3)
g()
debug.sethook()
for n = 1, #log - 1 do print((log[n]:gsub("0x%x+", "A"))) end
-- check: variables are gone at the end of their function
local log = {}
local function f(a)
  local b = a
  local g = function() return b end
  if a then return a end
end
debug.sethook(function(_, line)
  local names = {}
  for n = 1, 9 do
    local name = debug.getlocal(2, n)
    if not name or name:sub(1, 1) == "(" then break end
    names[n] = name
  end
  log[#log + 1] = line .. ":" .. table.concat(names, ",")
end, "l")
f()
f(1)
debug.sethook()
print(table.concat(log, "\n"))
