-- What programs see of the collector: modes, parameters, steps, finalizers, weak tables.

-- check: first values of the parameters
for _, p in ipairs{"minormul", "majorminor", "minormajor", "pause", "stepmul", "stepsize"} do print(p, collectgarbage("param", p)) end
-- check: setting parameters
for _, p in ipairs{"minormul", "majorminor", "minormajor", "pause", "stepmul", "stepsize"} do print(p, collectgarbage("param", p, 40), collectgarbage("param", p), collectgarbage("param", p, 1000), collectgarbage("param", p)) end
-- check: parameters are kept roughly
for v = 0, 400, 7 do collectgarbage("param", "pause", v) io.write(collectgarbage("param", "pause"), " ") end print() for v = 0, 64 do collectgarbage("param", "stepmul", 1 << v) io.write(collectgarbage("param", "stepmul"), " ") if v > 28 then break end end print()
-- check: large parameters
for _, v in ipairs{9999, 10000, 99999, 100000, 1000000, 10000000, 100000000, 1000000000, 2147483647} do io.write(collectgarbage("param", "stepsize", v), " ", collectgarbage("param", "stepsize"), " ") end print()
-- check: parameters that are not set
print(collectgarbage("param", "pause", -1), collectgarbage("param", "pause"), collectgarbage("param", "pause", -100), collectgarbage("param", "pause"))
-- check: wrong parameters
print(pcall(collectgarbage, "param", "nothing")) print(pcall(collectgarbage, "param")) print(pcall(collectgarbage, "param", 1)) print(pcall(collectgarbage, "param", "pause", "x")) print(pcall(collectgarbage, "param", "pause", 1.5)) print(pcall(collectgarbage, "param", "pause", {}))
-- check: options that are gone
for _, option in ipairs{"setpause", "setstepmul", "nothing", "", "Collect"} do print(pcall(collectgarbage, option)) end print(pcall(collectgarbage, 1)) print(pcall(collectgarbage, {}))
-- check: modes
print(collectgarbage "incremental", collectgarbage "generational", collectgarbage "generational", collectgarbage "incremental", collectgarbage "incremental")
-- check: arguments of modes are ignored
print(collectgarbage("incremental", 100, 200, 10), collectgarbage("param", "pause"), collectgarbage("param", "stepmul")) print(collectgarbage("generational", 10, 50), collectgarbage("param", "minormul")) collectgarbage("incremental")
-- check: parameters survive a change of mode
collectgarbage("param", "minormul", 33) collectgarbage "generational" collectgarbage "incremental" print(collectgarbage("param", "minormul"), collectgarbage("param", "pause"))
-- check: stopping
print(collectgarbage "isrunning", collectgarbage "stop", collectgarbage "isrunning", collectgarbage "collect", collectgarbage "isrunning", collectgarbage "restart", collectgarbage "isrunning")
-- check: counting
print(math.type(collectgarbage "count"), collectgarbage("count") > 10, select("#", collectgarbage "count"), select("#", collectgarbage()), collectgarbage())
-- check: a full collection frees
local before = collectgarbage() and collectgarbage "count" local t = {} for i = 1, 10000 do t[i] = {i} end print(collectgarbage "count" > before + 300) t = nil collectgarbage() print(collectgarbage "count" < before + 100)
-- check: steps come to an end
collectgarbage "stop" local n = 0 repeat n = n + 1 until collectgarbage("step", 100) or n > 100000 print(n < 100000) print(collectgarbage("step", 10000000)) collectgarbage "restart"
-- check: steps in generational mode
collectgarbage "generational" for i = 1, 5 do io.write(tostring(collectgarbage "step"), " ") end print(collectgarbage("step", 0), collectgarbage("step", 1000)) collectgarbage "incremental"
-- check: wrong steps
print(pcall(collectgarbage, "step", "x")) print(pcall(collectgarbage, "step", 1.5)) print(type(collectgarbage("step", "100")))
-- check: finalizers in reverse order
collectgarbage() for i = 1, 5 do setmetatable({}, {__gc = function() io.write(i, " ") end}) end collectgarbage() print()
-- check: finalizers and resurrection
local kept setmetatable({name = "lazarus"}, {__gc = function(o) kept = o end}) collectgarbage() print(kept.name) kept = nil collectgarbage() print(kept)
-- check: finalizers cannot collect
setmetatable({}, {__gc = function() print(collectgarbage(), collectgarbage "count", collectgarbage "step", collectgarbage "stop", collectgarbage "isrunning", collectgarbage("param", "pause")) end}) collectgarbage()
-- check: errors in finalizers are warnings
warn "@on" collectgarbage() setmetatable({}, {__gc = function() error "in finalizer" end}) setmetatable({}, {__gc = function() error() end}) setmetatable({}, {__gc = function() error({}) end}) collectgarbage() print "goes on"
-- check: errors in finalizers, not shown
warn "@off" setmetatable({}, {__gc = function() error "in finalizer" end}) collectgarbage() print "goes on"
-- check: finalizers that are no functions
warn "@on" setmetatable({}, {__gc = true}) setmetatable({}, {__gc = {}}) setmetatable({}, {__gc = setmetatable({}, {__call = function() print "called" end})}) collectgarbage() print "done"
-- check: finalizers at the end
setmetatable({}, {__gc = function() print "at the end 1" end}) setmetatable({}, {__gc = function() print "at the end 2" end}) keep = setmetatable({}, {__gc = function() print "at the end, kept" end})
-- check: finalizers in generational mode
collectgarbage "generational" local n = 0 for i = 1, 100 do setmetatable({}, {__gc = function() n = n + 1 end}) end collectgarbage() print(n) collectgarbage "incremental"
-- check: traceback in a finalizer
setmetatable({}, {__gc = function() print(debug.traceback("in a finalizer")) end}) collectgarbage()
-- check: names in a finalizer
setmetatable({}, {__gc = function() local i = debug.getinfo(1, "nS") print(i.name, i.namewhat) end}) collectgarbage()
-- check: ephemerons
local e = setmetatable({}, {__mode = "k"}) do local k = {} e[k] = {k} end collectgarbage() print(next(e)) local k = {} e[k] = {} collectgarbage() print(next(e) == k)
-- check: weak values
local w = setmetatable({}, {__mode = "v"}) w[1] = {} w[2] = "text" w[3] = 3 w.x = function() end w.y = {} local y = w.y collectgarbage() print(w[1], w[2], w[3], w.x, w.y == y)
-- check: weak tables and finalizers
local w, k = setmetatable({}, {__mode = "v"}), setmetatable({}, {__mode = "k"}) do local o = setmetatable({}, {__gc = function(o) print(w[1], type(k[o])) end}) w[1] = o k[o] = "value" end collectgarbage() print(next(w), type(next(k)))
-- check: __mode with both
local t = setmetatable({}, {__mode = "kv"}) t[{}] = 1 t[1] = {} t.a = "b" collectgarbage() local n = 0 for _ in pairs(t) do n = n + 1 end print(n, t.a)
-- check: coroutines are collected
local w = setmetatable({}, {__mode = "v"}) for i = 1, 10 do w[i] = coroutine.wrap(function() local x <close> = setmetatable({}, {__close = function() print "never" end}) coroutine.yield() end) w[i]() end collectgarbage() print(next(w))
-- check: collections during traversal
local t = {} for i = 1, 200 do t["k" .. i] = i end local n = 0 for k in pairs(t) do t[k] = nil n = n + 1 if n % 20 == 0 then collectgarbage() end end print(n, next(t))
-- check: incremental major collections
print(collectgarbage("generational"))
local keep, garbage = {}, setmetatable({}, { __mode = "k" })
for round = 1, 40 do
  for i = 1, 500 do keep[#keep + 1] = { round, i, { round * i } } end
  local old = {}
  for i = 1, 500 do old[i] = { i } garbage[old[i]] = true end
  collectgarbage("step") collectgarbage("step")
end
local sum = 0
for _, t in ipairs(keep) do sum = sum + t[1] * t[2] - t[3][1] end
print(#keep, sum, collectgarbage("incremental"), collectgarbage("incremental"))
collectgarbage()
print(next(garbage))
-- check: the mode while major collections are under way
local before = collectgarbage("param", "minormajor", 10)
print(before, collectgarbage("param", "minormajor"), collectgarbage("param", "majorminor", 90), collectgarbage("param", "majorminor"))
print(collectgarbage("generational"))
local list = {}
for i = 1, 30000 do list[i] = { i, name = "n" .. i } end
print(collectgarbage("generational"), collectgarbage("incremental"), collectgarbage("generational"))
for i = 1, 30000 do list[i].other = { list[30001 - i] } end
local sum = 0
for i = 1, 30000 do sum = sum + list[i].other[1][1] + #list[i].name end
print(sum, collectgarbage("incremental"))
-- check: finalizers during major collections
collectgarbage("generational") collectgarbage("param", "minormajor", 20) collectgarbage("param", "minormul", 5)
local called, made, keep = 0, 0, {}
for i = 1, 60000 do
  made = made + 1
  local o = setmetatable({ i }, { __gc = function(t) called = called + t[1] // t[1] end })
  keep[i % 3000 + 1] = { o }
end
print(called > 10000, made)
keep = nil
collectgarbage() collectgarbage()
print(called == made)
-- check: no major collections
collectgarbage("generational") print(collectgarbage("param", "minormajor", 0))
local lists = {}
for n = 1, 20 do local l = {} for i = 1, 2000 do l[i] = { i } end lists[n % 3 + 1] = l end
print(#lists, #lists[1], lists[1][2000][1], collectgarbage("incremental"))
-- check: a full collection between major ones
collectgarbage("generational") collectgarbage("param", "minormajor", 10)
local weak = setmetatable({}, { __mode = "v" })
local keep = {}
for n = 1, 10 do
  for i = 1, 3000 do keep[#keep + 1] = { n } end
  weak[1] = { n }
  collectgarbage()
  print(weak[1], #keep, collectgarbage("count") < 20000)
end
