-- Environments of functions, threads and userdata.

-- check: the environment of a chunk is the table of globals
print(getfenv() == _G, getfenv(0) == _G, getfenv(1) == _G, getfenv(print) == _G)
-- check: a function looks up its globals in its own environment
local function f() return x, y end
x = "global"
print(f())
print(setfenv(f, { x = 1, y = 2 }) == f, f())
print(x, y)
-- check: assignment to globals goes to the environment
local env = {}
local function f() a, b = 1, 2; c = a + b end
setfenv(setfenv(f, setmetatable(env, { __index = _G })), env)
print(pcall(f))
print(env.a, env.b, env.c, a, b, c)
-- check: environments are inherited by functions made inside
local function outer() return function() return v end end
local before = outer()
setfenv(outer, { v = "inner" })
local after = outer()
print(before(), after(), getfenv(before) == _G, getfenv(after).v)
-- check: siblings have environments of their own
local made = {}
for i = 1, 3 do
  made[i] = function() return name end
  setfenv(made[i], { name = "n" .. i })
end
print(made[1](), made[2](), made[3]())
-- check: setfenv by level
local function change() setfenv(2, { print = print, z = "changed" }) end
local function f() change(); print(z) end
f()
print(z)
-- check: the environment of the running thread
local co = coroutine.create(function()
  setfenv(0, { which = "thread" })
  print(getfenv(0).which, which)
  return loadstring("return which")()
end)
print(coroutine.resume(co))
print(which)
print(loadstring("return which")())
-- check: a new thread inherits the environment of the one that made it
local g = getfenv(0)
setfenv(0, { print = print, mark = "new" })
local co = coroutine.create(function() print(getfenv(0).mark) end)
setfenv(0, g)
print(coroutine.resume(co))
-- check: loaded chunks get the environment of the thread
local function f() return loadstring("return getfenv(1)") end
setfenv(f, setmetatable({}, { __index = _G }))
print(f()() == getfenv(0))
-- check: debug.getfenv and debug.setfenv
local u = newproxy()
print(debug.getfenv(u) == _G, debug.getfenv(5), debug.getfenv("x"), debug.getfenv(nil))
print(debug.setfenv(u, { k = "v" }) == u, debug.getfenv(u).k)
local co = coroutine.create(function() end)
print(debug.setfenv(co, { k = "w" }) == co, debug.getfenv(co).k)
print(pcall(debug.setfenv, 5, {}))
print(pcall(debug.setfenv, {}, {}))
print(pcall(debug.setfenv, f, 5))
-- check: the package library has the table package as its environment
print(debug.getfenv(require) == package, debug.getfenv(module) == package)
-- check: errors of setfenv and getfenv
print(pcall(setfenv, print, {}))
print(pcall(setfenv, 1, 2))
print(pcall(setfenv, -1, {}))
print(pcall(setfenv, 100, {}))
print(pcall(setfenv, {}, {}))
print(pcall(getfenv, -1))
print(pcall(getfenv, 100))
print(pcall(getfenv, {}))
print(pcall(setfenv))
-- check: no environment behind a tail call
local function level() return getfenv(2) end
local function tail() return level() end
print(pcall(tail))
print(pcall(function() local r = tail(); return r end))
-- check: an environment with metamethods
local log = {}
local function f() p = q; q = p end
setfenv(f, setmetatable({}, {
  __index = function(_, k) log[#log + 1] = "get " .. k; return 7 end,
  __newindex = function(t, k, v) log[#log + 1] = "set " .. k; rawset(t, k, v) end,
}))
f()
print(table.concat(log, ", "))
-- check: more globals than fit into an instruction
local text = {}
for i = 1, 400 do text[i] = "g" .. i .. " = " .. i end
text[#text + 1] = "return g1 + g399 + g400"
local env = {}
print(setfenv(loadstring(table.concat(text, "\n")), env)(), env.g1, env.g300, env.g400, g300)
print(pcall(setfenv(loadstring(table.concat(text, "\n") .. " + g400.x.y"), {})))
-- check: names of variables in other environments
local function f() return t.x.y end
setfenv(f, { t = {} })
print(pcall(f))
setfenv(f, {})
print(pcall(f))
-- check: dumped functions get the environment of the thread
local function f() return w end
setfenv(f, { w = 1 })
w = "outside"
print(loadstring(string.dump(f))())
-- check: library functions have an environment, which debug.setfenv replaces
local env = {}
print(debug.getfenv(print) == _G, debug.getfenv(string.rep) == _G, debug.getfenv(math.sin) == _G)
print(debug.setfenv(print, env) == print, debug.getfenv(print) == env, getfenv(print) == _G)
print(debug.getfenv(string.rep) == _G, debug.getfenv(coroutine.wrap(function() end)) == _G)
print(debug.setfenv(print, { n = 2 }) == print, debug.getfenv(print).n, print == _G.print)
print(select(2, pcall(debug.setfenv, print, 5)))
-- check: environments of library functions are kept, and survive collections
for n, name in ipairs { "pairs", "tostring", "type", "select", "unpack" } do debug.setfenv(_G[name], { n }) end
collectgarbage() collectgarbage()
print(debug.getfenv(pairs)[1], debug.getfenv(tostring)[1], debug.getfenv(type)[1], debug.getfenv(select)[1],
  debug.getfenv(unpack)[1], debug.getfenv(ipairs) == _G)
-- check: library functions keep the first table of globals
local g = _G
setfenv(0, { which = "second" })
local which, first, also = g.getfenv(g.print).which, g.debug.getfenv(g.print) == g, g.debug.getfenv(g.debug.getinfo) == g
setfenv(0, g)
print(which, first, also)
-- check: functions from the io library, with other default files
local path = os.tmpname()
local other = { assert(io.open(path, "w")), [2] = assert(io.open(path, "w")), __close = debug.getfenv(io.open).__close }
print(debug.getfenv(io.write) == debug.getfenv(io.read), debug.getfenv(io.popen) == debug.getfenv(io.read))
debug.setfenv(io.write, other)
io.write("to the file")
other[2]:close()
print(assert(io.open(path)):read("*a"))
print(pcall(io.write, "x"))
os.remove(path)
