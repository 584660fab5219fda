-- The collector of 5.1: finalizers of userdata, weak tables, collectgarbage.
local function object(name, f) local u = newproxy(true) getmetatable(u).__gc = f or function() print("finalized", name) end return u end

-- check: finalizers run in the reverse order of creation
local list = {}
for i = 1, 10 do list[i] = object(i) end
list = nil
collectgarbage()
print("collected")
-- check: finalizers at the end run in the reverse order of creation
for i = 1, 5 do _G["object" .. i] = object(i) end
print("end")
-- check: an error in a finalizer
object("x", function() error("in the finalizer") end)
print(pcall(collectgarbage))
collectgarbage()
print("goes on")
-- check: an error object of a finalizer
object("x", function() error({}) end)
local ok, e = pcall(collectgarbage)
print(ok, type(e))
-- check: errors at the end are ignored
first, second, third = object(1), object(2, function() error("no") end), object(3)
-- check: a finalizer that is no function
local u = newproxy(true)
getmetatable(u).__gc = "text"
u = nil
print(pcall(collectgarbage))
local u = newproxy(true)
getmetatable(u).__gc = true
u = nil
print(pcall(collectgarbage))
print(pcall(collectgarbage))
-- check: a metatable that changes
local u = newproxy(true)
local mt = getmetatable(u)
mt.__gc = function() print("old") end
mt.__gc = function() print("new") end
u = nil
collectgarbage()
local u = newproxy(true)
getmetatable(u).__gc = function() print("never") end
getmetatable(u).__gc = nil
u = nil
collectgarbage()
print("end")
-- check: userdata with one metatable
local mother = newproxy(true)
getmetatable(mother).__gc = function(u) print("one", u == kept) end
for i = 1, 3 do local u = newproxy(mother) end
collectgarbage()
kept = mother
mother = nil
print("end")
-- check: resurrection
local u = newproxy(true)
getmetatable(u).__gc = function(u) print("once") back = u end
u = nil
collectgarbage()
print(type(back))
back = nil
collectgarbage()
collectgarbage()
print("end")
-- check: what a finalizer needs is alive
do
  local u = newproxy(true)
  local data = { text = "needed" }
  getmetatable(u).__gc = function() print(data.text) end
end
collectgarbage()
local t = { inner = { text = "inside" } }
local u = newproxy(true)
getmetatable(u).__gc = function(u) print(debug.getfenv(u).inner.text) end
debug.setfenv(u, t)
u, t = nil, nil
collectgarbage()
-- check: finalizers that create finalizers
local n = 0
local function again() n = n + 1 if n < 5 then object("x", again) end end
object("x", again)
for i = 1, 10 do collectgarbage() end
print(n)
-- check: no finalizers for tables
setmetatable({}, { __gc = function() print("never") end })
collectgarbage()
print("end")
-- check: weak values
local t = setmetatable({}, { __mode = "v" })
t[1], t[2], t[3], t[4], t.x = {}, "text", 5, print, function() return t end
t[5] = newproxy()
collectgarbage()
for i = 1, 5 do print(i, type(t[i])) end
print(t.x)
-- check: weak keys
local t = setmetatable({}, { __mode = "k" })
t[{}] = 1
t["text"] = {}
t[5] = {}
t[newproxy()] = 2
local key = {}
t[key] = "kept"
collectgarbage()
local n = 0
for k, v in pairs(t) do n = n + 1 end
print(n, t[key], type(t.text))
-- check: weak keys are no ephemerons
local t = setmetatable({}, { __mode = "k" })
do local k = {} t[k] = { k } end
collectgarbage()
local n = 0
for _ in pairs(t) do n = n + 1 end
print(n)
-- check: all weak
local t = setmetatable({}, { __mode = "kv" })
do local k = {} t[k] = { k } t[1] = {} t[{}] = 1 end
collectgarbage()
print(next(t))
-- check: finalized userdata in weak tables
local values, keys = setmetatable({}, { __mode = "v" }), setmetatable({}, { __mode = "k" })
local u = newproxy(true)
getmetatable(u).__gc = function(u) print("finalizer sees", type(values[1]), keys[u]) end
values[1], keys[u] = u, "key"
u = nil
collectgarbage()
print(values[1], type(next(keys)))
collectgarbage()
print(values[1], next(keys))
-- check: __mode is read when collecting
local mt = {}
local t = setmetatable({ {} }, mt)
collectgarbage()
print(type(t[1]))
mt.__mode = "v"
collectgarbage()
print(type(t[1]))
local t = setmetatable({ {} }, { __mode = "x" })
collectgarbage()
print(type(t[1]))
local t = setmetatable({ {} }, { __mode = 5 })
collectgarbage()
print(type(t[1]))
-- check: options of collectgarbage
print(collectgarbage(), collectgarbage("collect"), collectgarbage("stop"), collectgarbage("restart"))
print(collectgarbage("setpause", 150), collectgarbage("setpause", 200), collectgarbage("setstepmul", 300), collectgarbage("setstepmul", 200))
print(type(collectgarbage("count")), collectgarbage("count") % 1 ~= nil, type(collectgarbage("step")), type(collectgarbage("step", 1000)))
for _, option in ipairs { "generational", "incremental", "isrunning", "x", "", "coll" } do print(pcall(collectgarbage, option)) end
print(pcall(collectgarbage, {}))
print(pcall(collectgarbage, "collect", "x"))
print(pcall(collectgarbage, "setpause", {}))
print(math.floor(collectgarbage("count")) - gcinfo() <= 1, (pcall(gcinfo, 5)))
-- check: stopped
collectgarbage("stop")
local before = collectgarbage("count")
for i = 1, 20000 do local t = { i } end
print(collectgarbage("count") - before > 500)
collectgarbage("restart")
collectgarbage()
print(collectgarbage("count") - before < 300)
-- check: steps
collectgarbage()
local steps = 0
repeat steps = steps + 1 until collectgarbage("step", 1) or steps > 1e5
print(steps > 1, steps < 1e5)
print(collectgarbage("step", 1e6))
-- check: coroutines are collected
local t = setmetatable({}, { __mode = "v" })
t[1] = coroutine.create(function() local u = object("in a coroutine") coroutine.yield(u) end)
coroutine.resume(t[1])
collectgarbage()
collectgarbage()
print(t[1])
-- check: newproxy
print(type(newproxy()), getmetatable(newproxy()), getmetatable(newproxy(false)), type(getmetatable(newproxy(true))))
local u = newproxy(true)
print(getmetatable(newproxy(u)) == getmetatable(u), u == newproxy(u))
print(pcall(newproxy, 5))
print(pcall(newproxy, io.stdout))
print((pcall(newproxy, newproxy())))
print((pcall(newproxy, nil)))
getmetatable(u).__index = { x = 1 }
getmetatable(u).__len = function() return 42 end
print(u.x, #u)
