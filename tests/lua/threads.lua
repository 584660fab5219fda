-- The coroutine library: switching, states, errors, closing.
-- versions: 5.4+
local function show(...) print(select("#", ...), ...) end
show(coroutine.resume(coroutine.create(function(...) return ... end), 1, nil, 3))
local co = coroutine.create(function(a)
  print("got", a)
  local b, c = coroutine.yield(a + 1, "y")
  print("got", b, c)
  local d = coroutine.yield()
  print("got", d)
  return "end", d
end)
print(coroutine.status(co)); show(coroutine.resume(co, 10)); print(coroutine.status(co))
show(coroutine.resume(co, "b", "c")); show(coroutine.resume(co, "d")); print(coroutine.status(co)); show(coroutine.resume(co)); show(coroutine.resume(co, 1, 2))

-- wrap
local gen = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end)
show(gen()); show(gen()); show(gen()); show(gen()); show(pcall(gen))
show(pcall(coroutine.wrap(function() error("text") end))); show(pcall(coroutine.wrap(function() error({}) end)) == false)
show(pcall(coroutine.wrap(function() error("text", 0) end)))
show(pcall(function() coroutine.wrap(function() error("text") end)() end))
show(pcall(function() coroutine.wrap(function() local x = nil; x() end)() end))
show(pcall(coroutine.wrap(function() local x <close> = setmetatable({}, { __close = function(_, e) print("closing", e); error("second", 0) end }); error("first", 0) end)))

-- errors
show(coroutine.resume(coroutine.create(function() error("e") end))); show(coroutine.resume(coroutine.create(function() error() end)))
for _, f in ipairs { "create", "resume", "wrap", "status", "close" } do show(pcall(coroutine[f])); show(pcall(coroutine[f], 1)) end
show(pcall(coroutine.isyieldable, 1)); show(pcall(coroutine.create, coroutine.create(print)))
show(coroutine.isyieldable()); show(select(2, coroutine.running()))
show(pcall(coroutine.yield, 1)); show(coroutine.resume(coroutine.running()))
co = coroutine.create(function() return coroutine.resume(co) end); show(coroutine.resume(co))
co = coroutine.wrap(function() return pcall(co) end); show(co())
co = coroutine.create(function() show(coroutine.isyieldable(), coroutine.status(co), select(2, coroutine.running()), coroutine.running() == co) end); coroutine.resume(co)
local outer; outer = coroutine.create(function() local inner = coroutine.create(function() print(coroutine.status(outer), coroutine.isyieldable(outer)); show(coroutine.resume(outer)); show(pcall(coroutine.close, outer)) end); coroutine.resume(inner) end)
coroutine.resume(outer)

-- close
co = coroutine.create(function() local x <close> = setmetatable({}, { __close = function(_, e) print("closed", e) end }); coroutine.yield(1) end)
coroutine.resume(co); show(coroutine.close(co)); print(coroutine.status(co)); show(coroutine.close(co)); show(coroutine.resume(co))
co = coroutine.create(function() local x <close> = setmetatable({}, { __close = function(_, e) error("in close", 0) end }); coroutine.yield(1) end)
coroutine.resume(co); show(coroutine.close(co)); print(coroutine.status(co)); show(coroutine.close(co))
co = coroutine.create(function() error("dead", 0) end); coroutine.resume(co); show(coroutine.close(co)); show(coroutine.close(co))
show(coroutine.close(coroutine.create(print))); show(pcall(coroutine.close, coroutine.running()))
co = coroutine.create(function() show(pcall(coroutine.close, coroutine.running())) end); coroutine.resume(co)
-- several closing methods, errors replaced
co = coroutine.create(function()
  local a <close> = setmetatable({}, { __close = function(_, e) print("a", e) end })
  local b <close> = setmetatable({}, { __close = function(_, e) print("b", e); error("from b", 0) end })
  local c <close> = setmetatable({}, { __close = function(_, e) print("c", e); error("from c", 0) end })
  coroutine.yield()
end)
coroutine.resume(co); show(coroutine.close(co))

-- yields across pcall, metamethods, iterators, for, close, load
co = coroutine.wrap(function() show(pcall(function() coroutine.yield(1); error("after", 0) end)); show(xpcall(function() coroutine.yield(2); error("again", 0) end, function(m) return "h " .. m end)); return "done" end)
show(co()); show(co()); show(co())
local mt = { __add = function(a, b) return coroutine.yield("add") end, __index = function(_, k) return coroutine.yield("index " .. k) end, __newindex = function(_, k, v) coroutine.yield("newindex " .. k) end,
  __lt = function() return coroutine.yield("lt") end, __le = function() return coroutine.yield("le") end, __eq = function() return coroutine.yield("eq") end, __concat = function(a, b) return coroutine.yield("concat") end, __len = function() return coroutine.yield("len") end,
  __call = function(_, x) return coroutine.yield("call " .. tostring(x)) end, __unm = function() return coroutine.yield("unm") end, __close = function() coroutine.yield("close") end, __pairs = function() return coroutine.yield("pairs") end }
local o, o2 = setmetatable({}, mt), setmetatable({}, mt)
co = coroutine.wrap(function()
  print(o + 1, 1 + o, o.field, o < o2, o <= o2, o > o2, o == o2, o ~= o2, o .. "x", "x" .. o, #o, o(5), -o)
  o.z = 1
  if o < o2 then print("less") else print("not less") end
  if not (o == o2) then print("differ") end
  local s = "a" .. "b" .. o .. "c" .. "d"
  print(s)
  do local c <close> = o end
  for k, v in pairs(o) do print(k, v) end
  return "finished"
end)
local v = co()
local n = 0
while v ~= "finished" do
  n = n + 1
  print("asked", v)
  if v == "pairs" then v = co(next, { 11 }, nil) elseif v:find("close") then v = co() else v = co(n % 3 ~= 0 and "r" .. n or nil) end
end
for x in coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end) do io.write(x, " ") end print()
co = coroutine.wrap(function() for a, b in function(_, i) i = (i or 0) + 1; coroutine.yield("it"); if i < 3 then return i, i * 2 end end do print(a, b) end return "x" end)
repeat local r = co(); print(r) until r == "x"
co = coroutine.wrap(function() return table.sort({ 3, 2, 1 }, function(a, b) coroutine.yield() end) end); show(pcall(co))
co = coroutine.wrap(function() return ("x"):gsub(".", function() coroutine.yield() end) end); show(pcall(co))
co = coroutine.wrap(function() return load(function() coroutine.yield() end) end); show(pcall(co))
co = coroutine.wrap(function() return dofile end); show(type(co()))
-- tail calls, deep chains, many values
co = coroutine.wrap(function(...) local function f(n, ...) if n == 0 then return coroutine.yield(...) end return f(n - 1, ...) end return f(100, ...) end); show(co(1, 2, 3)); show(co("r"))
local function chain(n) if n == 0 then return "bottom" end return coroutine.wrap(function() return chain(n - 1) end)() end
show(chain(100)); show(pcall(chain, 250))
co = coroutine.wrap(function() return select("#", coroutine.yield(table.unpack({}, 1, 200))) end); show(select("#", co())); show(co(table.unpack({}, 1, 250)))
local function rec() return coroutine.wrap(rec)() end
show(pcall(rec))
co = coroutine.create(function() local function f() return 1 + f() end f() end); show((select(2, coroutine.resume(co)):gsub("\n.*", "")))
show(coroutine.resume(coroutine.create(string.rep), "ab", 3)); show(coroutine.resume(coroutine.create(pcall), error, "e")); show(coroutine.wrap(coroutine.yield)(1, 2)); show(coroutine.resume(coroutine.create(coroutine.yield), 4))
co = coroutine.create(coroutine.yield); show(coroutine.resume(co, 1)); show(coroutine.resume(co, "back", "two"))
co = coroutine.wrap(pcall); show(co(coroutine.yield, 7)); show(co(8, 9))
-- collected while suspended
for i = 1, 200 do local c = coroutine.wrap(function() local t = {}; coroutine.yield(t) end); c() end collectgarbage(); print("collected")
print(coroutine.status(setmetatable and coroutine.create(print)))
show(xpcall(coroutine.wrap(function() error("x") end), debug.traceback))
