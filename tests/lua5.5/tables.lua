-- Tables: creation with room, order of traversal, borders, functions of the library.

-- check: table.create
local t = table.create(5) print(#t, next(t), getmetatable(t)) local t = table.create(0, 5) print(#t, next(t)) local t = table.create(3, 3) t[1] = 1 t.x = 2 print(#t, t[1], t.x)
-- check: table.create with large sizes
for _, n in ipairs{2^20 | 0, 2^31 | 0, 2^32 | 0, 2^40 | 0, math.maxinteger, math.mininteger, -1} do local ok, e = pcall(table.create, n) print(ok, ok or e) local ok, e = pcall(table.create, 0, n) print(ok, ok or e) end
-- check: wrong arguments of table.create
print(pcall(table.create)) print(pcall(table.create, "x")) print(pcall(table.create, 1.5)) print(pcall(table.create, 1, {})) print(pcall(table.create, nil)) print(#table.create("3"), #table.create(2.0), #table.create(1, nil))
-- check: filling a created table
local t = table.create(100) for i = 1, 100 do t[i] = i * i end print(#t, t[100], t[101]) for i = 100, 51, -1 do t[i] = nil end print(#t) for k in pairs(t) do io.write(k, " ") end print()
-- check: filling in another order
local t = table.create(10) for i = 10, 1, -1 do t[i] = i end for k, v in pairs(t) do io.write(k, "=", v, " ") end print(#t) local t = {} for i = 10, 1, -1 do t[i] = i end for k in pairs(t) do io.write(k, " ") end print(#t)
-- check: order of traversal
local t = {1, 2, 3, nil, 5} t[7] = 7 t[100] = 100 t[-1] = -1 t[0] = 0 t[2.5] = 2.5 for k in pairs(t) do io.write(k, " ") end print() local t = {} for i = 1, 40, 3 do t[i] = i end for k in pairs(t) do io.write(k, " ") end print()
-- check: order after removals
local t = {} for i = 1, 32 do t[i] = i end for i = 1, 32, 2 do t[i] = nil end for k in pairs(t) do io.write(k, " ") end print(#t) for i = 33, 40 do t[i] = i end for k in pairs(t) do io.write(k, " ") end print()
-- check: order of sparse integers
local t = {} local k = 1 for i = 1, 30 do t[k] = i k = (k * 7 + 3) % 101 end for k in pairs(t) do io.write(k, " ") end print() local t = {} for i = 0, 20 do t[1 << i] = i end for k in pairs(t) do io.write(k, " ") end print()
-- check: order of floats and booleans
local t = {} for i = 1, 10 do t[i + 0.5] = i end t[true] = 1 t[false] = 2 for k in pairs(t) do io.write(tostring(k), " ") end print()
-- check: borders in an array with holes
local t = {1, 2, nil, 4} print(#t) t[4] = nil print(#t) local t = {nil, nil, 3} print(#t) t[3] = nil print(#t) local t = {n = 1, nil} print(#t) local t = {} t[1] = 1 t[2] = 2 t[4] = 4 print(#t) t[3] = 3 print(#t)
-- check: borders after growing and shrinking
local t = {} for i = 1, 20 do t[#t + 1] = i end print(#t) for i = 20, 10, -1 do t[#t] = nil end print(#t) for i = 1, 5 do table.insert(t, i) end print(#t) while #t > 0 do table.remove(t) end print(#t, next(t))
-- check: borders of constructors
print(#{1, 2, 3, nil}, #{1, nil, 3}, #{nil}, #{nil, nil, 3, nil}, #{n = 1}, #{(function() return 1, 2, 3 end)()}, #{(function() return 1, nil, 3 end)()}, #{table.unpack({1, 2, 3}, 1, 5)})
-- check: borders found from the last place
local t = {} for i = 1, 100 do t[i] = i end for i = 41, 60 do t[i] = nil end print(#t) t[100] = nil print(#t) t[39] = nil print(#t) t[101] = 1 print(#t)
-- check: next with wrong keys
print(pcall(next, {}, 1)) print(pcall(next, {1, 2}, 3)) print(pcall(next, {1, 2}, 2.5)) print(pcall(next, {1, 2}, 1.0)) print(pcall(next, {}, nil)) print(pcall(next)) print(pcall(next, {a = 1}, "b"))
-- check: keys that are refused
print(pcall(function() local t = {} t[nil] = 1 end)) print(pcall(function() local t = {} t[0 / 0] = 1 end)) print(pcall(rawset, {}, nil, 1)) print(pcall(rawset, {}, 0 / 0, 1)) print(({})[nil], ({})[0 / 0]) print(pcall(function() return {[nil] = 1} end))
-- check: float keys are integers
local t = {} t[1.0] = "a" t[2^53] = "b" t[-0.0] = "c" print(t[1], t[2^53 | 0], t[0], next(t) == 1) for k in pairs(t) do io.write(math.type(k), " ") end print()
-- check: table.unpack with wide ranges
print(pcall(table.unpack, {}, 1, 1e7)) print(pcall(table.unpack, {}, math.mininteger, math.maxinteger)) print(pcall(table.unpack, {}, 0, math.maxinteger)) print(table.unpack({1, 2, 3}, -1, 1)) print(table.unpack({}, math.maxinteger, math.maxinteger)) print(select("#", table.unpack({}, 1, 0)))
-- check: table.move
print(table.concat(table.move({1, 2, 3}, 2, 3, 1), ",")) print(table.concat(table.move({1, 2, 3}, 1, 3, 2), ",")) print(#table.move({1, 2, 3}, 1, 3, 1, {})) print(pcall(table.move, {}, 1, math.maxinteger, 2)) print(pcall(table.move, {}, math.mininteger, 0, 1)) print(pcall(table.move, 1, 1, 1, 1))
-- check: table.insert and remove at the limits
local t = {1, 2, 3} print(pcall(table.insert, t, 5, "x")) print(pcall(table.insert, t, 0, "x")) print(pcall(table.insert, t)) print(pcall(table.insert, t, 1, 2, 3)) print(table.remove(t, 4), pcall(table.remove, t, 5)) print(table.remove({}), table.remove({}, 0), #t)
-- check: table.concat
print(table.concat({}), table.concat({1, 2.5, "x"}, "-"), table.concat({1, 2, 3}, ",", 2), table.concat({1, 2, 3}, ",", 2, 2), table.concat({1, 2, 3}, ",", 3, 2)) print(pcall(table.concat, {1, {}, 3})) print(pcall(table.concat, {1, nil, 3}, ",", 1, 3)) print(pcall(table.concat, {}, ",", 1, 2))
-- check: table.sort with bad orders
print(pcall(table.sort, {3, 1, "x"})) print(pcall(table.sort, {1, 2, 3, 4, 5}, function() return true end)) print(pcall(table.sort, {}, 1)) local t = {5, 3, 1} table.sort(t, function(a, b) return a > b end) print(table.concat(t, " "))
-- check: table functions and metamethods
local log = {} local p = setmetatable({}, {__len = function() return 3 end, __index = function(_, k) log[#log + 1] = "r" .. k return k <= 3 and k * 10 or nil end, __newindex = function(_, k, v) log[#log + 1] = "w" .. k .. "=" .. tostring(v) end})
table.insert(p, "x") table.insert(p, 2, "y") table.remove(p) table.remove(p, 1) print(table.concat(p, ",")) print(table.unpack(p)) table.move(p, 1, 2, 3) print(table.concat(log, " "))
-- check: table functions refuse what is no table
for _, f in ipairs{"insert", "remove", "concat", "unpack", "sort", "move"} do print(f, pcall(table[f], 1, 2, 3, 4)) end print(pcall(table.insert, nil, 1)) print(pcall(table.concat))
-- check: rawlen and rawequal
print(rawlen {1, 2, 3}, rawlen "four", pcall(rawlen, 1)) print(rawequal({}, {}), rawequal("a", "a"), rawequal(1, 1.0), pcall(rawequal, 1))
-- check: long string keys
local long = ("k"):rep(100) local t = {[long] = 1} print(t[("k"):rep(100)], t[("k"):rep(99) .. "k"], next(t) == long) t[("k"):rep(50) .. ("k"):rep(50)] = 2 print(t[long]) t[long] = nil print(next(t))
-- check: traversal while fields are cleared
local t = {} for i = 1, 100 do t[i], t["x" .. i] = i, i end local n = 0 for k in pairs(t) do t[k] = nil n = n + 1 end print(n, next(t))
-- check: traversal while fields are assigned
local t = {a = 1, b = 2, c = 3, 10, 20} for k, v in pairs(t) do t[k] = v * 2 end print(t.a, t.b, t.c, t[1], t[2])
