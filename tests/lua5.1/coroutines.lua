-- Coroutines, calls and levels of 5.1.

-- check: no yield across pcall
local co = coroutine.create(function()
  print(pcall(coroutine.yield, 1))
  print(pcall(function() coroutine.yield(2) end))
  return coroutine.yield(3)
end)
print(coroutine.resume(co))
print(coroutine.resume(co, "back"))
print(coroutine.status(co))
-- check: no yield across metamethods
local t = setmetatable({}, {
  __index = function(_, k) return coroutine.yield(k) end,
  __add = function() return coroutine.yield("add") end,
  __call = function(_, x) return coroutine.yield(x) end,
})
print(coroutine.resume(coroutine.create(function() return t.x end)))
print(coroutine.resume(coroutine.create(function() return t + 1 end)))
print(coroutine.resume(coroutine.create(function() return (t(5)) end)))
-- check: no yield across iterators, sort and gsub
print(coroutine.resume(coroutine.create(function() for x in coroutine.yield do end end)))
print(coroutine.resume(coroutine.create(function() for x in function() return coroutine.yield(1) end do end end)))
print(coroutine.resume(coroutine.create(function() table.sort({ 1, 2, 3 }, coroutine.yield) end)))
print(coroutine.resume(coroutine.create(function() ("x"):gsub("x", coroutine.yield) end)))
print(coroutine.resume(coroutine.create(function() dofile("none") end)))
-- check: yield through Lua functions and tail calls
local function inner(x) return coroutine.yield(x) end
local function middle(x) local r = inner(x); return r end
local co = coroutine.wrap(function() return middle(1), inner(2) end)
print(co(), co("a"), co("b"))
-- check: yield outside a coroutine
print(pcall(coroutine.yield, 1))
-- check: coroutine.running
print(coroutine.running())
print(coroutine.resume(coroutine.create(function() return type(coroutine.running()), select("#", coroutine.running()) end)))
-- check: a coroutine's body is a Lua function
print(pcall(coroutine.create, print))
print(pcall(coroutine.create, 5))
print(pcall(coroutine.wrap, nil))
-- check: resume tells the status
local co
co = coroutine.create(function()
  print(coroutine.resume(co))
  local other = coroutine.create(function() print(coroutine.resume(co), coroutine.status(co)) end)
  print(coroutine.resume(other))
end)
print(coroutine.resume(co))
print(coroutine.resume(co))
print(pcall(coroutine.wrap(function() error("x", 0) end)))
-- check: arguments that are no coroutine
print(pcall(coroutine.resume, 1))
print(pcall(coroutine.status))
-- check: the library
local names = {}
for name in pairs(coroutine) do names[#names + 1] = name end
table.sort(names)
print(table.concat(names, " "))
-- check: levels of tail calls
local function where()
  for level = 1, 6 do
    local info = debug.getinfo(level, "Snl")
    if not info then print("end", level) break end
    print(level, info.what, info.short_src, info.name, info.namewhat, info.currentline)
  end
end
local function tail() where() end
local function middle() return tail() end
local function outer() return middle() end
(function() outer() end)()
-- check: tracebacks
local function deep(n) if n > 0 then deep(n - 1) else print(debug.traceback("here")) end end
deep(3)
local function tail() print(debug.traceback("tail", 1)) end
local function outer() return tail() end
outer()
deep(30)
-- check: traceback of other values
print(debug.traceback(nil), debug.traceback({}) ~= nil, debug.traceback(5), debug.traceback("x", 100))
-- check: tracebacks of coroutines
local co = coroutine.create(function() local function f() coroutine.yield() end f() end)
coroutine.resume(co)
print(debug.traceback(co))
print(debug.traceback(co, "message"))
print(debug.traceback(co, "level", 1))
-- check: return hooks of tail calls
local function f() end
local function g() return f() end
local events = {}
debug.sethook(function(e) events[#events + 1] = e end, "r")
g()
debug.sethook()
print(table.concat(events, " "))
-- check: errors in functions called by tail calls
local function fails() error("failed") end
local function calls() return fails() end
print(pcall(calls))
print(xpcall(calls, debug.traceback))
-- check: stack overflow
local function endless() return 1 + endless() end
print(pcall(endless))
local function endless() local x = endless(); return x end
print((select(2, pcall(endless))))
-- check: getinfo
local function f(a, ...) end
local info = debug.getinfo(f)
local keys = {}
for k in pairs(info) do keys[#keys + 1] = k end
table.sort(keys)
print(table.concat(keys, " "))
print(pcall(debug.getinfo, f, "X"))
print(pcall(debug.getinfo, "x"))
print(debug.getinfo(100))
