-- Basic functions, tables, math, coroutines and the collector as they are in 5.3.
local function try(f, ...) print(select(2, pcall(f, ...))) end
local function names(t)
  local list = {}
  for k in pairs(t) do list[#list + 1] = tostring(k) end
  table.sort(list)
  return table.concat(list, " ")
end

-- check: names of everything
for _, library in ipairs { "_G", "string", "table", "math", "io", "os", "debug", "coroutine", "package", "utf8", "bit32" } do
  print(library, names(_G[library]))
end
-- check: collectgarbage options
print(collectgarbage("setpause", 150), collectgarbage("setpause", 1000), collectgarbage("setpause", 200))
print(collectgarbage("setstepmul", 150), collectgarbage("setstepmul", 10), collectgarbage("setstepmul", 201), collectgarbage("setstepmul"))
print(collectgarbage("isrunning"), collectgarbage("stop"), collectgarbage("isrunning"), collectgarbage("restart"), collectgarbage("isrunning"))
print(collectgarbage(), collectgarbage("collect"), math.type(collectgarbage("count")), select("#", collectgarbage("count")))
-- check: collectgarbage errors
try(collectgarbage, "incremental")
try(collectgarbage, "generational")
try(collectgarbage, "setmajorinc")
try(collectgarbage, "nothing")
try(collectgarbage, "collect", "x")
try(collectgarbage, {})
-- check: collectgarbage steps
collectgarbage() collectgarbage("stop")
local steps = 0
repeat steps = steps + 1 until collectgarbage("step", 0)
print(steps > 10, collectgarbage("step", 100000))
-- check: errors in finalizers
for _, object in ipairs { "text", 12, {}, false } do
  setmetatable({}, { __gc = function() error(object, 0) end })
  print(pcall(collectgarbage))
end
setmetatable({}, { __gc = function() local t = nil; t.x = 1 end })
print(pcall(collectgarbage))
setmetatable({}, { __gc = function() error "with position" end })
print(xpcall(collectgarbage, function(m) return "handled " .. m end))
-- check: finalizers that are no functions
setmetatable({}, { __gc = true })
setmetatable({}, { __gc = 5 })
print(pcall(collectgarbage))
-- check: collector in finalizers
setmetatable({}, { __gc = function() print(collectgarbage("isrunning"), collectgarbage(), collectgarbage("count") > 0) end })
collectgarbage()
print(collectgarbage("isrunning"))
-- check: order of finalizers and resurrection
local kept = {}
for i = 1, 3 do setmetatable({ i }, { __gc = function(o) io.write(o[1], " ") kept[#kept + 1] = o end }) end
collectgarbage() print(#kept) kept = {} collectgarbage() print(#kept)
-- check: finalizers at the end
setmetatable({}, { __gc = function() print "closing" end })
setmetatable({}, { __gc = function() error "nobody hears" end })
-- check: ephemerons and weak values
local weak = setmetatable({}, { __mode = "k" })
do local key = {} weak[key] = { key } end
collectgarbage()
print(next(weak))
local values = setmetatable({ {}, "string", 1, print }, { __mode = "v" })
collectgarbage()
print(values[1], values[2], values[3], values[4] == print)
-- check: upvalues of dead coroutines
local collected
do
  local function f(param)
    (function() param = { param, f } setmetatable(param, { __gc = function() collected = true end }) coroutine.yield() end)()
  end
  local co = coroutine.create(f)
  coroutine.resume(co, co)
end
collectgarbage() print(collected) collectgarbage() print(collected)
-- check: select and assert
print(select(-1, 1, 2, 3), select("#"), select(2, "a", "b"))
try(select, 0)
try(select, -5, 1)
try(assert)
try(assert, false)
try(assert, nil, "message")
try(assert, false, { 1 } and 5)
print(assert(1, 2, 3))
-- check: error values
try(error)
try(error, nil)
try(error, 5)
try(error, "text", 0)
try(error, "text", 1)
try(error, "text", 2)
print(pcall(error, setmetatable({}, { __tostring = function() return "object" end })) == false)
-- check: load modes and environments
print(load("return x", "c", "t", { x = 5 })())
print(load("x = ", "=c"))
print(load("return 1", "c", "b"))
print(load(string.dump(function() end), "c", "t"))
local pieces = { "return ", "1", " + 2" }
print(load(function() return table.remove(pieces, 1) end)())
print(load(function() return {} end))
print(load(function() error "reader" end))
try(load)
print(load("\27Lua", "=b"))
print(load("\27LuaS\0", "=b"))
-- check: rawlen, rawequal, rawget, rawset
print(rawlen({ 1, 2 }), rawlen("abc"), rawequal("a", "a"), rawget(setmetatable({}, { __index = function() return 1 end }), 1))
try(rawlen, 5)
try(rawset, {}, nil, 1)
try(rawset, {}, 0/0, 1)
try(rawget, 1, 1)
-- check: next
print(next({}), next({ 5 }), next({ 5 }, 1))
try(next, {}, "nothing")
try(next)
-- check: setmetatable and getmetatable
try(setmetatable, {})
try(setmetatable, {}, 1)
try(setmetatable, setmetatable({}, { __metatable = 1 }), {})
print(getmetatable(setmetatable({}, { __metatable = "locked" })), getmetatable("").__index == string)
-- check: print uses tostring
local original = tostring
tostring = function(x) return "<" .. original(x) .. ">" end
print(1, nil, "x")
tostring = function() return {} end
io.write(original(select(2, pcall(print, 1))), "\n")
tostring = nil
io.write(original(select(2, pcall(print, 1))), "\n")
-- check: xpcall
print(xpcall(function(...) return ... end, print, 1, 2))
print(xpcall(error, function(m) return "handled: " .. tostring(m) end, "x"))
print(xpcall(function() local x = nil + 1 end, function(m) return (m:gsub("^.-:%d+: ", "")) end))
print(xpcall(error, function() error "again" end))
try(xpcall)
try(xpcall, print)
-- check: table functions with metamethods
local log = {}
local proxy = setmetatable({}, { __len = function() return 3 end, __index = function(_, k) return k * 10 end, __newindex = function(_, k, v) log[#log + 1] = k .. "=" .. tostring(v) end })
print(table.concat(proxy, ","), table.unpack(proxy))
table.insert(proxy, 1, "x") table.remove(proxy) table.move(proxy, 1, 2, 5)
print(table.concat(log, " "))
-- check: table errors
try(table.insert, {}, 5, 1)
try(table.insert, {}, 1, 2, 3)
try(table.insert, {})
try(table.remove, {}, 5)
try(table.remove, { 1, 2 }, -1)
try(table.concat, { 1, {}, 3 })
try(table.concat, {}, "", 1, math.maxinteger)
try(table.unpack, {}, 1, 1e8)
try(table.move, {}, 1, math.maxinteger, 2)
try(table.move, {}, -1, math.maxinteger, 2)
try(table.sort, { 3, "x", 1 })
try(table.sort, { 1, 2, 3 }, 5)
-- check: table.remove at the ends
print(table.remove({}), table.remove({}, 0), table.remove({ 1, 2 }, 3), table.remove({ 1, 2, 3 }, 1), table.remove({ [0] = "zero" }, 0))
-- check: sort
local t = {} for i = 1, 50 do t[i] = i * 7919 % 101 end
table.sort(t) print(table.concat(t, " "))
table.sort(t, function(a, b) return a > b end) print(table.concat(t, " "))
try(table.sort, { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }, function() return true end)
-- check: random is C's
math.randomseed(42)
print(math.random(), math.random(10), math.random(5, 10), math.random(-math.maxinteger, 0) <= 0)
math.randomseed(42.7)
print(math.random(), math.random(10), math.random(5, 10))
math.randomseed(-1)
print(math.random(1 << 40), math.random(0, math.maxinteger))
print(select("#", math.randomseed(1)))
-- check: random errors
try(math.random, 0)
try(math.random, 2, 1)
try(math.random, 1, 2, 3)
try(math.random, math.mininteger, math.maxinteger)
try(math.random, 1.5)
try(math.randomseed)
try(math.randomseed, "x")
-- check: old math functions
print(math.pow(2, 10), math.cosh(0), math.sinh(0), math.tanh(0), math.log10(1000), math.frexp(8), math.ldexp(1, 4), math.atan2(1, 1) == math.atan(1, 1))
-- check: math results
print(math.floor(3.7), math.ceil(3.2), math.floor(1e100), math.fmod(7, 3), math.fmod(-7, 3), math.fmod(7, 2.5), math.modf(3.7), math.modf(-1/0), math.abs(math.mininteger), math.max(1, 2.5), math.min(3, 1))
try(math.fmod, 1, 0)
print(math.fmod(1, 0.0) ~= math.fmod(1, 0.0), math.log(8, 2), math.log(100, 10), math.exp(0), math.sqrt(16), math.tointeger(2^53))
try(math.floor, "x")
try(math.max)
-- check: coroutine functions
local co = coroutine.create(function(a) local b = coroutine.yield(a + 1) error({ b }) end)
print(coroutine.resume(co, 1), coroutine.status(co), coroutine.isyieldable(), select(2, coroutine.running()))
-- check: coroutine errors
try(coroutine.create)
try(coroutine.create, 1)
try(coroutine.resume, 1)
try(coroutine.status)
try(coroutine.wrap, {})
try(coroutine.yield)
local co = coroutine.wrap(function() error "inside" end)
try(co) try(co)
local dead = coroutine.create(print) coroutine.resume(dead)
print(coroutine.resume(dead), coroutine.resume(coroutine.running()))
-- check: yield in metamethods, iterators and pcall
local mt = { __add = function(a, b) return coroutine.yield("add") end, __index = function(_, k) return coroutine.yield(k) end, __lt = function() return coroutine.yield("lt") end, __concat = function() return coroutine.yield("concat") end }
local co = coroutine.wrap(function()
  local o = setmetatable({}, mt)
  local r = { o + 1, o.field, o < o, o .. "x", pcall(function() return coroutine.yield("pcall") end) }
  for v in function() return coroutine.yield("iterator") end do r[#r + 1] = v break end
  return "end", table.unpack(r)
end)
local v = co() for i = 1, 6 do io.write(tostring(v), " ") v = co(i) end print(v)
-- check: yield across C
local co = coroutine.create(function() table.sort({ 3, 2, 1 }, function() coroutine.yield() end) end)
print(coroutine.resume(co))
local co = coroutine.create(function() ("x"):gsub("x", coroutine.yield) end)
print(coroutine.resume(co))
local co = coroutine.create(function() for _ in pairs(setmetatable({}, { __pairs = coroutine.yield })) do end end)
print(coroutine.resume(co))
-- check: bit32
print(bit32.band(255, 15), bit32.bor(1, 2), bit32.bxor(5, 1), bit32.bnot(0), bit32.lshift(1, 31), bit32.rshift(-1, 28), bit32.arshift(-8, 1), bit32.lrotate(1, 33), bit32.extract(255, 4, 4), bit32.replace(0, 15, 4, 4), bit32.btest(1, 2))
try(bit32.band, 1.5)
try(bit32.extract, 1, 32)
try(bit32.extract, 1, 30, 5)
try(bit32.lshift, 1)
