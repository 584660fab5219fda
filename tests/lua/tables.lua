-- Tables and the table library.
local unpack = unpack or table.unpack
local function try(f, ...) print(pcall(f, ...)) end
local function list(t, n) local r = {} for i = 1, n or #t do r[i] = tostring(t[i]) end print("{" .. table.concat(r, ",") .. "}") end

-- check: constructors
local t = { 1, 2, x = 3, [10] = 4, 5; 6, ["y z"] = 7, [1.5] = 8, [true] = 9 }
print(#t, t[1], t[2], t.x, t[10], t[3], t[4], t["y z"], t[1.5], t[true])
print(#{ (function() return 1, 2, 3 end)() }, #{ (function() return 1, 2, 3 end)(), 10 }, #{ ((function() return 1, 2, 3 end)()) })
-- check: length and holes at the end
local t = {}
for i = 1, 10 do t[i] = i end
for i = 10, 1, -1 do io.write(#t, " "); t[i] = nil end
print(#t)
-- check: append and remove at the end
local t = {}
for i = 1, 1000 do t[#t + 1] = i end
for i = 1, 500 do t[#t] = nil end
print(#t, t[500], t[501])
-- check: insert
local t = {}
table.insert(t, "a") table.insert(t, "c") table.insert(t, 2, "b") table.insert(t, 1, "z") table.insert(t, 5, "end")
list(t)
print(select("#", table.insert(t, "x")))
-- check: insert errors
try(table.insert, {}, 5, "x")
try(table.insert, {}, 0, "x")
try(table.insert, {}, -1, "x")
try(table.insert, { 1, 2 }, 4, "x")
try(table.insert, {})
try(table.insert, {}, 1, 2, 3)
try(table.insert, {}, "x", 1)
try(table.insert, {}, 1.5, 1)
try(table.insert, nil, 1)
try(table.insert)
try(table.insert, 5, 1)
try(table.insert, "x", 1)
-- check: remove
local t = { "a", "b", "c", "d" }
print(table.remove(t), table.remove(t, 1), table.remove(t, 2), #t)
list(t)
print(table.remove({}), table.remove({}, 0), table.remove({ [0] = "zero" }, 0), table.remove({}, #{}), table.remove({ 1 }, 2), select("#", table.remove({})))
-- check: remove errors
try(table.remove, { 1, 2 }, 5)
try(table.remove, { 1, 2 }, -1)
try(table.remove, { 1, 2 }, 0)
try(table.remove, {}, 2)
try(table.remove)
try(table.remove, {}, "x")
try(table.remove, 5)
-- check: unpack and pack
-- versions: 5.3+
print(unpack({ 1, 2, 3 }))
print(unpack({ 1, 2, 3 }, 2))
print(unpack({ 1, 2, 3 }, 2, 3))
print(unpack({}, 1, 3))
print(unpack({ 1, 2 }, -1, 1))
print(select("#", unpack({}, 1, 0)), select("#", unpack({ n = 3 })), unpack({ 1, nil, 3 }, 1, 3))
local p = table.pack() print(p.n, #p)
p = table.pack(nil, 2, nil) print(p.n, p[1], p[2], p[3])
print(unpack("abc", 1, 2))
-- check: unpack errors
try(table.unpack, {}, 1, 1e8)
try(table.unpack, {}, 1, math.maxinteger)
try(table.unpack, {}, math.mininteger, math.maxinteger)
try(table.unpack, {}, 0, math.maxinteger)
try(table.unpack)
try(table.unpack, 5)
try(table.unpack, {}, "x")
try(table.unpack, {}, 1, {})
print(select("#", unpack({}, math.maxinteger, math.maxinteger)), select("#", unpack({}, math.maxinteger, math.mininteger)))
-- check: move
-- versions: 5.3+
list(table.move({ 1, 2, 3 }, 1, 3, 2))
list(table.move({ 1, 2, 3 }, 2, 3, 1))
list(table.move({ 1, 2, 3 }, 1, 3, 1, {}))
list(table.move({ 1, 2, 3 }, 1, 3, 3, { 9, 9 }))
list(table.move({ 1, 2, 3 }, 1, 0, 5))
list(table.move({ 1, 2, 3, 4, 5 }, 1, 4, 2))
print(table.move({ [-1] = "a", [0] = "b" }, -1, 0, 1, {})[2])
-- check: move errors
try(table.move, {}, 1, math.maxinteger, 2)
try(table.move, {}, -1, math.maxinteger, 2)
try(table.move, {}, math.mininteger, -1, 2)
try(table.move, {}, 1, 2)
try(table.move, {}, 1, 2, 3, 4)
try(table.move, 1, 2, 3, 4)
try(table.move, {}, "x", 2, 3)
-- check: sort numbers and strings
local t = { 5, 2, 8, 1, 9, 3 } table.sort(t) list(t)
t = { "pear", "apple", "fig", "Apple" } table.sort(t) list(t)
t = { 3.5, 1, 2.25, -1, 0 } table.sort(t) list(t)
t = {} table.sort(t) list(t)
t = { 1 } table.sort(t) list(t)
t = { 2, 1 } table.sort(t) list(t)
-- check: sort with comparator
local t = { 5, 2, 8, 1, 9, 3 } table.sort(t, function(a, b) return a > b end) list(t)
local words = { "ccc", "a", "bb", "dddd" } table.sort(words, function(a, b) return #a < #b end) list(words)
table.sort(words, function(a, b) return #a > #b end) list(words)
-- check: sort many
local t = {} local x = 42
for i = 1, 5000 do x = (x * 1103515245 + 12345) % 2147483648; t[i] = x end
table.sort(t)
local ok = true
for i = 2, #t do if t[i - 1] > t[i] then ok = false end end
print(ok, t[1], t[5000])
table.sort(t, function(a, b) return a > b end)
print(t[1], t[5000])
for i = 1, 5000 do t[i] = i % 7 end table.sort(t) print(t[1], t[714], t[715], t[5000])
for i = 1, 1000 do t[i] = i end table.sort(t) print(t[1], t[1000])
-- check: sort errors
try(table.sort, { 1, "x", 2 })
try(table.sort, { 1, {}, 2 })
try(table.sort, { {}, {} })
try(table.sort, { 3, 2, 1 }, 5)
try(table.sort, { 3, 2, 1 }, function() error "in comparator" end)
try(table.sort)
try(table.sort, 5)
try(table.sort, { nil, 1, 2, n = 3 } and { 1, nil, 3 } and setmetatable({}, { __len = function() return "x" end }))
try(table.sort, setmetatable({}, { __len = function() return math.maxinteger end }))
try(table.sort, setmetatable({}, { __len = function() return 1.5 end }))
-- check: sort invalid order functions
local t = {} for i = 1, 100 do t[i] = i end
try(table.sort, t, function(a, b) return true end)
local t = {} for i = 1, 10 do t[i] = 1 end
try(table.sort, t, function(a, b) return true end)
try(table.sort, { 1, 2, 3 }, function(a, b) return true end)
-- check: sort through metamethods
-- versions: 5.1 5.3+
local log = 0
local t = setmetatable({}, { __index = function(_, k) return 10 - k end, __newindex = function(t, k, v) log = log + 1; rawset(t, k, v) end, __len = function() return 5 end })
table.sort(t) print(log, t[1], t[5])
-- check: next and pairs
-- versions: 5.2+
local t = { 1, 2, 3 }
for k, v in pairs(t) do io.write(k, "=", v, " ") end
print(next({}), next(t), next(t, 3), rawlen(t), type(next), select("#", pairs(t)))
try(next)
try(next, {}, "nope")
try(next, {}, 1)
try(next, 5)
try(next, { 10 }, 2)
print(next({ 10 }, 1), pcall(next, {}, nil))
-- check: ipairs stops at nil
-- versions: 5.3+
for i, v in ipairs { 1, 2, nil, 4 } do io.write(i, v, " ") end
for i, v in ipairs(setmetatable({}, { __index = function(_, i) if i < 4 then return i * i end end })) do io.write(i, ":", v, " ") end
for i, c in ipairs("x") do io.write "never" end
print()
try(ipairs)
try(pairs)
print(select("#", pairs(nil)), select("#", ipairs(nil)), pcall(function() for i in ipairs(nil) do end end))
-- check: clearing fields while traversing
local t = {}
for i = 1, 100 do t[i] = i; t["k" .. i] = i end
local n, sum = 0, 0
for k, v in pairs(t) do n = n + 1; sum = sum + v; t[k] = nil end
print(n, sum, next(t))
-- check: assigning to existing fields while traversing
local t = { a = 1, b = 2, c = 3, 10, 20 }
for k, v in pairs(t) do t[k] = v * 2 end
print(t.a, t.b, t.c, t[1], t[2])
-- check: pairs metamethod
-- versions: 5.2+
local t = setmetatable({}, { __pairs = function(t) return function(_, k) if not k then return 1, "one" end end, t, nil end })
for k, v in pairs(t) do print(k, v) end
print(select("#", pairs(setmetatable({}, { __pairs = function() return 1, 2, 3, 4, 5 end }))), pairs(setmetatable({}, { __pairs = function() end })))
try(pairs, setmetatable({}, { __pairs = 5 }))
-- check: raw access
-- versions: 5.2+
local t = setmetatable({}, { __index = function() return "meta" end, __newindex = function() end, __len = function() return 42 end, __eq = function() return true end })
t.x = 1
print(t.x, rawget(t, "x"), #t, rawlen(t), rawset(t, "x", 2) == t, rawget(t, "x"), rawequal(t, setmetatable({}, getmetatable(t))), rawlen("abc"))
try(rawget, 5, 1) try(rawset, {}, nil, 1) try(rawlen, 5) try(rawequal, 1) try(rawset, {}) try(rawget) try(rawget, {}) try(rawlen)
-- check: keys of all kinds
-- versions: 5.2+
local f, co, t = print, coroutine.create(print), {}
local m = { [f] = 1, [co] = 2, [t] = 3, [true] = 4, [false] = 5, [1.5] = 6, [-1] = 7, [""] = 8, [io.stdout] = 9, [0] = 10, [2^53] = 11, [-0.0] = 12 }
print(m[f], m[co], m[t], m[true], m[false], m[1.5], m[-1], m[""], m[io.stdout], m[0], m[2^53])
-- check: negative and huge integer keys
-- versions: 5.3+
local t = {}
for _, k in ipairs { math.maxinteger, math.mininteger, -1, 0, 1 << 40, -(1 << 40), 2^53 | 0 } do t[k] = k end
print(t[math.maxinteger], t[math.mininteger], t[-1], t[0], t[1 << 40], t[-(1 << 40)], #t)
-- check: growing and shrinking
local t = {}
for r = 1, 5 do
  for i = 1, 2000 do t[i] = i; t["s" .. i] = i end
  for i = 1, 2000 do t[i] = nil; t["s" .. i] = nil end
end
print(next(t), #t)
t[1] = "back" print(t[1], #t)
-- check: arrays filled backwards
local t = {}
for i = 100, 1, -1 do t[i] = i end
local s = 0 for i, v in ipairs(t) do s = s + v end
print(#t, s)
-- check: queue
local q, head, tail = {}, 1, 0
for i = 1, 10000 do tail = tail + 1; q[tail] = i; if i % 3 ~= 0 then q[head] = nil; head = head + 1 end end
print(tail - head + 1, q[head], q[tail])
-- check: sparse arrays
local t = {}
for i = 1, 1000, 37 do t[i] = i end
local n, s = 0, 0
for k, v in pairs(t) do n = n + 1; s = s + v end
print(n, s, t[38], t[39])
-- check: table functions respect metamethods
-- versions: 5.3+
local log = {}
local proxy = setmetatable({}, { __index = function(_, k) log[#log + 1] = "get" .. k; return k <= 3 and k * 10 or nil end, __newindex = function(_, k, v) log[#log + 1] = "set" .. k .. "=" .. tostring(v) end, __len = function() return 3 end })
table.insert(proxy, 99) table.insert(proxy, 1, 5) print(table.remove(proxy)) print(unpack(proxy)) print(table.concat(proxy, "+"))
table.move(proxy, 1, 2, 2)
print(table.concat(log, " "))
-- check: length metamethod results
try(function() return #setmetatable({}, { __len = function() return "x" end }) end)
try(table.insert, setmetatable({}, { __len = function() return "x" end }), 1)
try(table.unpack, setmetatable({}, { __len = function() return {} end }))
try(table.insert, setmetatable({}, { __len = function() return math.maxinteger end }), 1)
try(table.insert, setmetatable({}, { __len = function() return "10" end }), 1)
try(table.concat, setmetatable({}, { __len = function() return 2.0 end, __index = function() return "v" end }))
-- check: objects that look like tables
local u = setmetatable({}, { __index = {}, __newindex = {}, __len = function() return 0 end })
print(pcall(table.insert, u, 1))
try(table.insert, io.stdout, 1)
try(table.concat, io.stdout)
try(table.unpack, io.stdout)
-- check: select
print(select("#"), select("#", nil), select(1, "a", "b"), select(-2, "a", "b", "c"))
try(select) try(select, 0) try(select, -1) try(select, -5, 1, 2) try(select, "x") try(select, 1.5) try(select, {})
print(select(10, 1, 2), select("2", "a", "b"), select(2.0, "a", "b"))
-- check: deep copies and comparison
local function copy(t) if type(t) ~= "table" then return t end local r = {} for k, v in pairs(t) do r[copy(k)] = copy(v) end return r end
local a = { 1, { 2, { 3, x = { y = "z" } } } }
local b = copy(a)
print(b[2][2].x.y, a ~= b, b[2][2][1])
-- check: two-dimensional arrays
local m = {}
for i = 1, 10 do m[i] = {} for j = 1, 10 do m[i][j] = i * j end end
local s = 0 for i = 1, 10 do for j = 1, 10 do s = s + m[i][j] end end
print(s, m[3][7], #m, #m[10])
