-- The collector: options of collectgarbage, finalizers, weak tables, generational mode.
local plain = print
local function print(...) local t = table.pack(...) for i = 1, t.n do t[i] = (tostring(t[i]):gsub("0x%x+", "0x")) end plain(table.concat(t, "\t")) end
local function try(f, ...) print(pcall(f, ...)) end
local function run(text, ...) local f, m = load(text, "=s") if not f then print(m) else print(pcall(f, ...)) end end

-- check: options
print(collectgarbage()) print(collectgarbage("collect")) print(type(collectgarbage("count")), select("#", collectgarbage("count"))) local k, b = collectgarbage("count") print(k * 1024 % 1024 == b, b >= 0 and b < 1024) print(collectgarbage("isrunning")) print(collectgarbage("stop"), collectgarbage("isrunning")) print(collectgarbage("restart"), collectgarbage("isrunning")) print(collectgarbage("setpause", 150), collectgarbage("setpause", 200)) print(collectgarbage("setstepmul", 300), collectgarbage("setstepmul", 200)) print(collectgarbage("setmajorinc", 150), collectgarbage("setmajorinc", 200)) print(collectgarbage("generational")) print(collectgarbage("incremental")) print(collectgarbage("step", 1e6)) try(collectgarbage, "bad") try(collectgarbage, 5) try(collectgarbage, nil) try(collectgarbage, {}) try(collectgarbage, "setpause", "x") try(collectgarbage, "step", "x")
-- check: parameters
print(collectgarbage("setpause")) print(collectgarbage("setpause")) print(collectgarbage("setstepmul", 1e6)) print(collectgarbage("setstepmul")) print(collectgarbage("setmajorinc", -5), collectgarbage("setmajorinc", 2.7), collectgarbage("setmajorinc", 200)) print(collectgarbage("setpause", 1e10), collectgarbage("setpause", 200)) print(collectgarbage("stop", 5), collectgarbage("restart", "x" and 7))
-- check: stopped collector
collectgarbage() collectgarbage("stop") local weak = setmetatable({}, { __mode = "v" }) weak[1] = {} for i = 1, 10000 do local t = { i } end print(weak[1] ~= nil) collectgarbage("collect") print(weak[1], collectgarbage("isrunning")) collectgarbage("restart") weak[1] = {} local n = 0 while weak[1] do n = n + 1 local t = { n } if n > 1e6 then break end end print(weak[1])
-- check: steps finish cycles
collectgarbage() collectgarbage("stop") local n = 0 repeat n = n + 1 until collectgarbage("step", 0) or n > 100000 print(n > 1, n < 100000) local weak = setmetatable({}, { __mode = "k" }) weak[{}] = 1 repeat until collectgarbage("step", 1) print(next(weak) == nil or collectgarbage() and next(weak) == nil)
-- check: order of finalizers
for i = 1, 5 do setmetatable({}, { __gc = function() io.write(i, " ") end }) end collectgarbage() print() local keep = {} for i = 1, 5 do keep[i] = setmetatable({ n = i }, { __gc = function(o) io.write(o.n, " ") end }) end keep[2], keep[4] = nil collectgarbage() print() keep = nil collectgarbage() print()
-- check: finalizers get their object
setmetatable({ name = "object" }, { __gc = function(...) print(select("#", ...), (...).name) end }) collectgarbage() local mt = { __gc = function(o) print("old") end } local o = setmetatable({}, mt) mt.__gc = function(o) print("new") end o = nil collectgarbage() o = setmetatable({}, mt) mt.__gc = nil o = nil collectgarbage() print "no finalizer"
-- check: resurrection and finalizing once
local saved local mt = { __gc = function(o) saved = o print("finalized", o.n) end } setmetatable({ n = 1 }, mt) collectgarbage() print(saved.n) saved = nil collectgarbage() print(saved) local o = setmetatable({ n = 2 }, mt) o = nil collectgarbage() setmetatable(saved, mt) saved = nil collectgarbage() print(saved)
-- check: a metatable gets its finalizer too late
local n = 0 local mt = {} local o = setmetatable({}, mt) mt.__gc = function() n = n + 1 end o = nil collectgarbage() print(n) o = setmetatable({}, mt) o = nil collectgarbage() print(n) mt = { __gc = 1 } o = setmetatable({}, mt) mt.__gc = function() n = n + 1 end o = nil collectgarbage() print(n)
-- check: errors in finalizers
setmetatable({}, { __gc = function() error("message", 0) end }) print(pcall(collectgarbage)) setmetatable({}, { __gc = function() error({}) end }) print(pcall(collectgarbage)) setmetatable({}, { __gc = function() error() end }) print(pcall(collectgarbage)) setmetatable({}, { __gc = function() local x = nil + 1 end }) print(pcall(collectgarbage)) setmetatable({}, { __gc = function() error(5) end }) print(pcall(collectgarbage)) setmetatable({}, { __gc = true }) print(pcall(collectgarbage))
-- check: several errors in finalizers
for i = 1, 3 do setmetatable({}, { __gc = function() error("number " .. i, 0) end }) end print(pcall(collectgarbage)) print(pcall(collectgarbage)) print(pcall(collectgarbage)) print(pcall(collectgarbage))
-- check: errors in finalizers while running
for i = 1, 50 do setmetatable({}, { __gc = function() error("oops", 0) end }) end print(pcall(function() for i = 1, 1e6 do local t = {} end end)) collectgarbage("stop")
-- check: finalizers at the end of the state
for i = 1, 3 do _G["o" .. i] = setmetatable({}, { __gc = function() print("closing", i) setmetatable({}, { __gc = function() print "never" end }) end }) end
-- check: finalizers at the end can use libraries
KEEP = setmetatable({}, { __gc = function() print(string.rep("x", 3), #table.pack(1, 2), math.floor(2.5), type(io.stdout), coroutine.wrap(function() return "co" end)()) end })
-- check: weak values
local t = setmetatable({}, { __mode = "v" }) t[1], t[2], t.x, t.y = {}, "s", {}, print t[3] = 5 t[4] = function() return t end t[5] = true local keep = {} t.keep = keep collectgarbage() print(t[1], t[2], t.x, t.y == print, t[3], t[4], t[5], t.keep == keep) local n = 0 for k in pairs(t) do n = n + 1 end print(n)
-- check: weak keys are ephemerons
local t = setmetatable({}, { __mode = "k" }) local a = {} t[a] = { a } t[{}] = 1 do local b = {} t[b] = { b } end do local c, d = {}, {} t[c], t[d] = d, c end collectgarbage() local n = 0 for k, v in pairs(t) do n = n + 1 print(k == a, v[1] == a) end print(n) local chain = setmetatable({}, { __mode = "k" }) local first = {} local k = first for i = 1, 100 do local nextkey = {} chain[k] = nextkey k = nextkey end k = nil collectgarbage() n = 0 for _ in pairs(chain) do n = n + 1 end print(n) first = nil collectgarbage() print(next(chain))
-- check: ephemerons over several tables
local e1, e2 = setmetatable({}, { __mode = "k" }), setmetatable({}, { __mode = "k" }) local root = {} local k1, k2, k3 = {}, {}, {} e1[root] = k1 e2[k1] = k2 e1[k2] = k3 e2[k3] = "end" k1, k2, k3 = nil collectgarbage() print(e2[e1[e2[e1[root]]]]) root = nil collectgarbage() print(next(e1), next(e2))
-- check: weak tables and finalized objects
local v, k = setmetatable({}, { __mode = "v" }), setmetatable({}, { __mode = "k" }) do local o = setmetatable({}, { __gc = function(o) print(v[1], k[o]) end }) v[1] = o k[o] = "still" end collectgarbage() print(v[1], next(k)) collectgarbage() print(next(k))
-- check: weak tables with strings and numbers
local t = setmetatable({}, { __mode = "kv" }) t["a" .. 1] = "b" .. 1 t[1] = 2 t[true] = false t[2.5] = "x" collectgarbage() local n = 0 for _ in pairs(t) do n = n + 1 end print(n, t.a1) t[{}] = 1 t.t = {} collectgarbage() n = 0 for _ in pairs(t) do n = n + 1 end print(n)
-- check: modes
for _, mode in ipairs { "k", "v", "kv", "vk", "x", "", "key", "strong value" } do local t = setmetatable({}, { __mode = mode }) t[1] = {} t[{}] = 1 collectgarbage() local n = 0 for _ in pairs(t) do n = n + 1 end print(mode, n) end local t = setmetatable({}, { __mode = 5 }) t[1] = {} collectgarbage() print(t[1] ~= nil)
-- check: closures and upvalues
local weak = setmetatable({}, { __mode = "v" }) local f do local x, y = {}, {} weak.x, weak.y = x, y f = function() return x end end collectgarbage() print(weak.x ~= nil, weak.y) f = nil collectgarbage() print(weak.x)
-- check: generational mode
collectgarbage("generational") local weak = setmetatable({}, { __mode = "v" }) local keep = {} for i = 1, 100 do keep[i] = { i } weak[i] = { i } end collectgarbage("step") collectgarbage("step") collectgarbage() print(next(weak), #keep) for i = 1, 100 do keep[i].x = { i * 2 } end collectgarbage("step") for i = 1, 10000 do local t = { i } end local ok = true for i = 1, 100 do ok = ok and keep[i].x[1] == i * 2 end print(ok) print(collectgarbage("step"), collectgarbage("step", 100)) collectgarbage("incremental") collectgarbage() print(keep[7].x[1])
-- check: finalizers in generational mode
collectgarbage("generational") local n = 0 for i = 1, 100 do setmetatable({}, { __gc = function() n = n + 1 end }) end collectgarbage() print(n) local saved setmetatable({ 5 }, { __gc = function(o) saved = o end }) collectgarbage() collectgarbage("step") print(saved[1]) collectgarbage() collectgarbage("step") print(saved[1])
-- check: coroutines in generational mode
collectgarbage("generational") local cos = {} for i = 1, 20 do cos[i] = coroutine.wrap(function() local t = {} for j = 1, 50 do t[j] = { j } coroutine.yield(#t) end return t end) end for j = 1, 50 do for i = 1, 20 do cos[i]() end if j % 10 == 0 then collectgarbage("step") end end local s = 0 for i = 1, 20 do local t = cos[i]() for j = 1, 50 do s = s + t[j][1] end end print(s)
-- check: barriers in generational mode
collectgarbage("generational") local function counter() local c = {} return function(v) c = { v, c } local n, l = 0, c while l[2] do n = n + 1 l = l[2] end return n end end local f = counter() collectgarbage() for i = 1, 100 do f(i) if i % 10 == 0 then collectgarbage("step") end end print(f(0)) local mtold = {} local o = setmetatable({}, mtold) collectgarbage() collectgarbage("step") mtold.__index = { x = "young" } collectgarbage("step") print(o.x) debug.setuservalue(io.stdout, { "value" }) collectgarbage("step") collectgarbage("step") print(debug.getuservalue(io.stdout)[1])
-- check: memory is given back
collectgarbage() local before = collectgarbage("count") do local t = {} for i = 1, 1e5 do t[i] = { i } end end collectgarbage() print(collectgarbage("count") - before < 100) local s = ("x"):rep(1e6) print(collectgarbage("count") - before > 900) s = nil collectgarbage() print(collectgarbage("count") - before < 100)
-- check: modes changed while finalizers fail
collectgarbage("stop")
local called, weak = 0, setmetatable({}, {__mode = "kv"})
local key, value = {}, {} weak[key] = value
for round = 1, 10 do
  for i = 1, 5 do setmetatable({}, {__gc = function() called = called + 1 error("finalizer", 0) end}) end
  pcall(collectgarbage)
  pcall(collectgarbage, round % 2 == 0 and "incremental" or "generational")
  pcall(function() collectgarbage("restart") for k = 1, 2000 do local t = {{}, setmetatable({}, {__mode = "kv"})} end end) collectgarbage("stop")
end
pcall(collectgarbage, "incremental")
for i = 1, 60 do pcall(collectgarbage) end
print(called, weak[key] == value)
