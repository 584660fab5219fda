-- The collector as scripts see it.
local kind = math.type or type
local function try(f, ...) print(pcall(f, ...)) end

-- check: options and results
-- versions: 5.2+
print(collectgarbage(), collectgarbage("collect"), kind(collectgarbage("count")), collectgarbage("isrunning")) print(collectgarbage("stop"), collectgarbage("isrunning"), collectgarbage("restart"), collectgarbage("isrunning")) print(collectgarbage("step", 0) ~= nil, type(collectgarbage("step")))
-- check: modes
-- versions: 5.2 5.4
print(collectgarbage("generational")) print(collectgarbage("incremental")) print(collectgarbage("incremental")) print(collectgarbage("generational")) print(collectgarbage("generational", 10, 50)) print(collectgarbage("incremental", 150, 300, 12)) print(collectgarbage("setpause", 200), collectgarbage("setpause", 100), collectgarbage("setstepmul", 200), collectgarbage("setstepmul", 400))
-- check: parameters reported
-- versions: 5.2 5.4
collectgarbage("incremental") print(collectgarbage("setpause", 180)) print(collectgarbage("setpause", 1000)) print(collectgarbage("setpause", 0)) print(collectgarbage("setpause", 200)) print(collectgarbage("setstepmul", 100)) print(collectgarbage("setstepmul", 1003)) print(collectgarbage("setstepmul", 0))
-- check: errors
try(collectgarbage, "bad") try(collectgarbage, 5) try(collectgarbage, "step", "x") try(collectgarbage, "setpause", {}) try(collectgarbage, "incremental", 1.5) print(collectgarbage(nil))
-- check: step finishes a cycle
-- versions: 5.2 5.4+
collectgarbage() collectgarbage("stop") collectgarbage("incremental") local n = 0 repeat n = n + 1 until collectgarbage("step", 1) or n > 1000000 print(n > 0) print(collectgarbage("step", 1000000)) collectgarbage("restart")
-- check: step in generational mode
-- versions: 5.2 5.4+
collectgarbage("generational") print(collectgarbage("step")) print(collectgarbage("step", 0)) print(collectgarbage("step", 100000))
-- check: count grows and shrinks
collectgarbage() local before = collectgarbage("count") local t = {} for i = 1, 10000 do t[i] = { i } end print(collectgarbage("count") > before + 300) t = nil collectgarbage() print(collectgarbage("count") < before + 50)
-- check: collected while running
-- versions: 5.2 5.4+
for _, mode in ipairs { "incremental", "generational" } do collectgarbage(mode) local n = 0 local function mk() setmetatable({}, { __gc = function() n = n + 1 end }) end for i = 1, 200000 do if i % 1000 == 0 then mk() end local x = { {} } end print(n > 10) end
-- check: finalizer order
local log = {} for i = 1, 5 do setmetatable({}, { __gc = function() log[#log + 1] = i end }) end collectgarbage() print(table.concat(log, " "))
-- check: finalizers at the end of the program
for i = 1, 3 do _G["o" .. i] = setmetatable({}, { __gc = function() print("final", i) end }) end print "end of script"
-- check: resurrection
local saved local o = setmetatable({ name = "phoenix" }, { __gc = function(x) saved = x end }) o = nil collectgarbage() print(saved and saved.name) saved = nil collectgarbage() print(saved)
local n = 0 local mt = {} mt.__gc = function(x) n = n + 1 setmetatable(x, mt) end setmetatable({}, mt) collectgarbage() collectgarbage() collectgarbage() print(n) mt.__gc = nil
-- check: finalizer set later is ignored
local n = 0 local mt = {} local o = setmetatable({}, mt) mt.__gc = function() n = n + 1 end o = nil collectgarbage() print(n) local p = setmetatable({}, { __gc = true }) getmetatable(p).__gc = function() n = n + 1 end p = nil collectgarbage() print(n)
-- check: errors in finalizers are warnings
-- versions: 5.4+
warn("@on") setmetatable({}, { __gc = function() error("in finalizer") end }) collectgarbage() setmetatable({}, { __gc = function() error({}) end }) collectgarbage() setmetatable({}, { __gc = function() error(nil) end }) collectgarbage() setmetatable({}, { __gc = function() error("no position", 0) end }) collectgarbage() setmetatable({}, { __gc = 5 }) collectgarbage() setmetatable({}, { __gc = {} }) collectgarbage() print "done"
-- check: errors in finalizers at exit
-- versions: 5.4+
warn("@on") KEEP = setmetatable({}, { __gc = function() error("at exit") end }) print "end"
-- check: errors in finalizers silent by default
-- versions: 5.1 5.4+
setmetatable({}, { __gc = function() error("in finalizer") end }) collectgarbage() print "quiet"
-- check: finalizer called with stopped collector
-- versions: 5.2+
local inside setmetatable({}, { __gc = function() inside = { collectgarbage("isrunning"), collectgarbage("collect"), collectgarbage("step"), collectgarbage("count") ~= nil } end }) collectgarbage() print(inside[1], inside[2], inside[3], inside[4])
-- check: collecting inside a finalizer
local r setmetatable({}, { __gc = function() r = pcall(collectgarbage) end }) collectgarbage() print(r)
-- check: weak values
local t = setmetatable({}, { __mode = "v" }) t[1] = {} t[2] = "string" t[3] = 42 t.x = {} t.y = print local keep = {} t[4] = keep collectgarbage() print(t[1], t[2], t[3], t.x, t.y ~= nil, t[4] == keep, #t >= 0)
-- check: weak keys
local t = setmetatable({}, { __mode = "k" }) t[{}] = 1 t["s"] = 2 t[5] = 3 local keep = {} t[keep] = 4 collectgarbage() local n = 0 for k, v in pairs(t) do n = n + v end print(n)
-- check: ephemerons
-- versions: 5.2+
local t = setmetatable({}, { __mode = "k" }) for i = 1, 10 do local k = {} t[k] = { k } end collectgarbage() print(next(t)) local a, b = {}, {} t[a] = b t[b] = { a } b = nil collectgarbage() local n = 0 for _ in pairs(t) do n = n + 1 end print(n) a = nil collectgarbage() print(next(t))
-- check: weak keys and values
local t = setmetatable({}, { __mode = "kv" }) local k, v = {}, {} t[k] = {} t[{}] = v t[k] = v t[1] = {} collectgarbage() local n = 0 for _ in pairs(t) do n = n + 1 end print(n, t[k] == v)
-- check: weak tables and finalizers
local t = setmetatable({}, { __mode = "v" }) local tk = setmetatable({}, { __mode = "k" }) local seen do local o = setmetatable({}, { __gc = function(x) seen = tostring(t[1]) .. " " .. tostring(tk[x]) end }) t[1] = o tk[o] = "key kept" end collectgarbage() print(seen) collectgarbage() print(next(tk))
-- check: mode changed later
local t = {} t[1] = {} setmetatable(t, { __mode = "v" }) collectgarbage() print(t[1]) t[1] = {} getmetatable(t).__mode = nil collectgarbage() print(type(t[1])) setmetatable({}, { __mode = 5 }) setmetatable({}, { __mode = "x" }) collectgarbage()
-- check: strings in weak tables stay
local t = setmetatable({}, { __mode = "k" }) t[("x"):rep(100)] = 1 collectgarbage() print(t[("x"):rep(100)])
-- check: closures and upvalues survive
local function counter() local n = 0 return function() n = n + 1 return n end end local c = {} for i = 1, 100 do c[i] = counter() end collectgarbage() local s = 0 for i = 1, 100 do c[i]() s = s + c[i]() end print(s)
-- check: generational with old and new objects
-- versions: 5.2 5.4+
collectgarbage("generational") local old = {} for i = 1, 1000 do old[i] = {} end collectgarbage("step") collectgarbage("step") for r = 1, 20 do for i = 1, 1000 do old[i].child = { r, i } end collectgarbage("step") end local s = 0 for i = 1, 1000 do s = s + old[i].child[1] * old[i].child[2] end print(s) collectgarbage("incremental") collectgarbage() print(old[500].child[2])
-- check: deep structures
local t = {} local c = t for i = 1, 200000 do c.n = {} c = c.n end collectgarbage() local n = 0 c = t while c do n = n + 1 c = c.n end print(n) local f = function() return 0 end for i = 1, 10000 do local g = f f = function() return g end end collectgarbage() print(type(f()))
-- check: cycles are collected
local w = setmetatable({}, { __mode = "v" }) for i = 1, 100 do local a, b = {}, {} a.b = b b.a = a w[i] = a end collectgarbage() local n = 0 for _ in pairs(w) do n = n + 1 end print(n)
-- check: finalizers that create objects
local n = 0 local function mk(d) setmetatable({}, { __gc = function() n = n + 1 if d > 0 then mk(d - 1) end end }) end mk(5) for i = 1, 10 do collectgarbage() end print(n)
-- check: close runs finalizers in order of creation reversed
for i = 1, 4 do local o = setmetatable({}, { __gc = function() io.write("gc", i, " ") end }) _G["k" .. i] = o end setmetatable(_G, { __gc = function() io.write "globals\n" end }) io.write "exit "
-- check: finalizer during close sees libraries
X = setmetatable({}, { __gc = function() print(type(string), ("x"):rep(3), #{ 1, 2 }, pcall(error, "e")) end })
-- check: new finalizers during close
X = setmetatable({}, { __gc = function() print "first" setmetatable({}, { __gc = function() print "second" end }) end })
-- check: userdata finalizers
local f = io.tmpfile() local mt = debug.getmetatable(f) print(type(mt.__gc)) f = nil collectgarbage()
-- check: memory errors leave the state usable
-- versions: 5.3+
local ok, m = pcall(string.rep, "x", 1 << 46) print(ok, m) local t = {} for i = 1, 100 do t[i] = i end print(#t, collectgarbage("count") < 100000)
-- check: finalizers that fail one after the other
local function finalized(f) if newproxy then getmetatable(newproxy(true)).__gc = f else setmetatable({}, {__gc = f}) end end
local key, strong = {}, {}
local weak = setmetatable({}, {__mode = "kv"}) weak[key] = strong
local called = 0
local function fail() called = called + 1 error("finalizer", 0) end
local function litter() collectgarbage("restart") for k = 1, 2000 do local t = {{}, setmetatable({}, {__mode = "kv"})} end end
collectgarbage("stop")
for round = 1, 5 do
  for i = 1, 5 do finalized(fail) end
  -- Collections that end early, and steps between them.
  for i = 1, 3 do
    pcall(collectgarbage)
    pcall(litter) collectgarbage("stop")
  end
end
for i = 1, 30 do pcall(collectgarbage) end
print(called, weak[key] == strong)
weak.x, weak[1] = {}, {} pcall(collectgarbage) print(weak.x, weak[1])
