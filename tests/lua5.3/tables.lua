-- Tables of 5.3 and their library, which follows metamethods.
local function try(f, ...) print(select(2, pcall(f, ...))) end
local function show(t, from, to) local list = {} for i = from or 1, to or #t do list[#list + 1] = tostring(t[i]) end print("{" .. table.concat(list, ",") .. "}") end
local function watched(list)
  local log = {}
  return setmetatable({}, { __index = function(_, k) log[#log + 1] = "get " .. tostring(k) return list[k] end, __newindex = function(_, k, v) log[#log + 1] = "set " .. tostring(k) .. "=" .. tostring(v) list[k] = v end, __len = function() log[#log + 1] = "len" return #list end }), log
end

-- check: nil adds keys
local t = { 1, 2, 3, 4 }
t[1], t[2], t[3] = nil, nil, nil
print(#t) t[0] = nil print(#t, t[4])
local t = { 1, 2, 3, nil, 5 } print(#t) t.x = nil print(#t) t[4] = 4 print(#t)
-- check: order of integer keys after nil was assigned to others
local t = {} for i = 10, 1, -1 do t[i * 10] = i end for i = 1, 9 do t[i * 10 + 5] = nil end
for k, v in pairs(t) do io.write(k, "=", v, " ") end print()
local t = { 10, 20, 30 } for i = 4, 9 do t[i] = nil end t[7] = 70 for k, v in pairs(t) do io.write(k, "=", v, " ") end print(#t)
-- check: order of integer and float keys
local t = {} for i = 1, 12 do t[i * 3] = i t[i + 0.5] = i end for k, v in pairs(t) do io.write(k, "=", v, " ") end print()
local t = {} for i = 20, 1, -1 do t[i] = i end for k in pairs(t) do io.write(k, " ") end print(#t)
local t = {} for _, k in ipairs { 1 << 40, -1, 0, 1 << 62, math.mininteger, 7, 8, 9, 1 << 31, 1 << 32 } do t[k] = true end for k in pairs(t) do io.write(k, " ") end print()
-- check: borders with holes
for _, make in ipairs { function() return { 1, nil, 3 } end, function() return { nil, nil, 3 } end, function() return { 1, 2, nil } end, function() return { nil } end, function() return { n = 1, nil, 2 } end, function() local t = {} t[1] = 1 t[2] = 2 t[4] = 4 return t end, function() local t = {} for i = 1, 10 do t[i] = i end for i = 10, 6, -1 do t[i] = nil end return t end, function() local t = {} for i = 1, 10 do t[i] = i end t[5] = nil return t end, function() return { table.unpack({ 1, 2, nil, 4 }, 1, 4) } end } do local t = make() io.write(#t, " ") t[#t + 1] = "x" io.write(#t, " ") end print()
-- check: insert with metamethods
local t, log = watched { 1, 2, 3 } table.insert(t, "end") table.insert(t, 1, "front") table.insert(t, 3, "middle") print(table.concat(log, "; "))
-- check: remove with metamethods
local t, log = watched { 1, 2, 3, 4 } print(table.remove(t), table.remove(t, 1), table.remove(t, 2)) print(table.concat(log, "; "))
-- check: concat with metamethods
local t, log = watched { "a", "b", "c" } print(table.concat(t, "-"), table.concat(t, "-", 2), table.concat(t, "-", 2, 2), table.concat(t, "-", 3, 2)) print(table.concat(log, "; "))
-- check: unpack with metamethods
local t, log = watched { "a", "b", "c" } print(table.unpack(t)) print(table.unpack(t, 2, 4)) print(table.concat(log, "; "))
-- check: sort with metamethods
local t, log = watched { 3, 1, 2 } table.sort(t) print(t[1], t[2], t[3]) print(table.concat(log, "; "))
-- check: move with metamethods
local t, log = watched { 1, 2, 3 } table.move(t, 1, 3, 2) print(table.concat(log, "; "))
local t, log = watched { 1, 2, 3 } table.move(t, 2, 3, 1) print(table.concat(log, "; "))
local a, from = watched { 1, 2, 3 } local b, to = watched {} print(table.move(a, 1, 3, 2, b) == b) print(table.concat(from, "; "), table.concat(to, "; "))
-- check: move in every direction
for _, case in ipairs { { 1, 3, 2 }, { 2, 4, 1 }, { 1, 0, 5 }, { 1, 5, 1 }, { 3, 3, 1 }, { -1, 1, 3 }, { 1, 3, -1 }, { 1, 2, 100 } } do local t = { 1, 2, 3, 4, 5 } table.move(t, table.unpack(case)) show(t, -2, 9) end show(table.move({ 1, 2, 3 }, 1, 3, 3, {}), 1, 6) show(table.move({ 1, 2, 3 }, 2.0, "3", 1), 1, 3)
-- check: move at the ends of the integers
local t = { [math.maxinteger - 1] = "a", [math.maxinteger] = "b" } table.move(t, math.maxinteger - 1, math.maxinteger, 1) show(t)
local t = { 1, 2 } table.move(t, 1, 2, math.maxinteger - 1) print(t[math.maxinteger - 1], t[math.maxinteger])
local t = { [math.mininteger] = "low" } table.move(t, math.mininteger, math.mininteger, 5) print(t[5])
-- check: move errors
try(table.move) try(table.move, {}) try(table.move, {}, 1) try(table.move, {}, 1, 2) try(table.move, 1, 1, 2, 3) try(table.move, {}, 1, 2, 3, 4) try(table.move, {}, 1.5, 2, 3) try(table.move, {}, "x", 2, 3) try(table.move, {}, 1, math.maxinteger, math.maxinteger) try(table.move, {}, math.mininteger, 0, 1) try(table.move, {}, math.mininteger, -1, 2) try(table.move, {}, 0, math.maxinteger, 1) try(table.move, {}, 1, math.maxinteger, 3)
-- check: insert positions
for pos = -1, 6 do local t = { 1, 2, 3 } print(pos, pcall(table.insert, t, pos, "x")) show(t, 1, 5) end try(table.insert, { 1 }, 1.5, 2) try(table.insert, { 1 }, "x", 2) try(table.insert, { 1 }, nil, 2) try(table.insert, nil, 1) try(table.insert, {}, 1, 2, 3) try(table.insert) show({ table.insert({ 1 }, "2") }) local t = { 1 } table.insert(t, 2.0, "two") show(t)
-- check: remove positions
for pos = -1, 6 do local t = { 1, 2, 3 } print(pos, pcall(table.remove, t, pos)) show(t, 0, 5) end print(table.remove({}), table.remove({}, 0), table.remove({}, 1), table.remove({ [0] = 0 }, 0)) try(table.remove, {}, 2) try(table.remove, { 1 }, 1.5) try(table.remove, 5) try(table.remove)
-- check: tables by metamethods only
try(table.insert, setmetatable({}, { __len = function() return "x" end }), 1) try(table.insert, setmetatable({}, { __len = function() return 2.0 end }), 1) try(table.insert, setmetatable({}, { __len = function() return 2.5 end }), 1) try(table.unpack, setmetatable({}, { __len = function() return 1e9 end })) try(table.concat, setmetatable({}, { __len = error }))
print(pcall(table.insert, io.stdout, 1)) debug.setmetatable(5, { __index = function(n, k) return k end, __newindex = print, __len = function() return 2 end }) print(table.concat(5, ",")) table.insert(5, "new") print(table.unpack(5)) debug.setmetatable(5, nil) try(table.concat, 5)
-- check: concat of values
print(table.concat({ 1, 2.0, "x", 2^53 }, ", "), table.concat({}), table.concat({ 1, 2 }, 0))
-- check: concat errors
try(table.concat, { 1, {}, 2 }) try(table.concat, { 1, nil, 2 }, "", 1, 3) try(table.concat, { true }) try(table.concat, { 1 }, {}) try(table.concat, { 1 }, "", "x") try(table.concat, { 1 }, "", 1, 2) try(table.concat, {}, "", math.maxinteger, math.maxinteger) try(table.concat, {}, "", math.mininteger, math.mininteger)
print(table.concat({ [math.maxinteger] = "top" }, "", math.maxinteger, math.maxinteger))
-- check: pack and unpack
print(table.pack().n, table.pack(nil).n, table.pack(1, nil, nil).n, table.unpack({ 1, 2, 3 }, -1, 1)) print(table.unpack({ 1, 2 }, 2, 1)) print(table.unpack({}, math.maxinteger, math.maxinteger), table.unpack({}, math.mininteger, math.mininteger)) try(table.unpack, {}, math.mininteger, math.maxinteger) try(table.unpack, {}, 1, 1e7) try(table.unpack, {}, 0, math.maxinteger) try(table.unpack, {}, 1, 2.5) try(table.unpack) try(table.unpack, 5) print(pcall(table.unpack, "abc")) print(table.unpack("abc", 1, 2))
-- check: sort orders
local words = {} for w in ("the quick brown fox jumps over the lazy dog and runs away"):gmatch("%a+") do words[#words + 1] = w end table.sort(words) show(words) table.sort(words, function(a, b) return #a > #b end) local lengths = {} for i, w in ipairs(words) do lengths[i] = #w end show(lengths)
local mixed = { 3, 1.5, 2, -1, 2.5, 1 << 53, 2^53, -0.0, 0 } table.sort(mixed) show(mixed)
-- check: sort errors
try(table.sort, { 1, "x" }) try(table.sort, { {}, {} }) try(table.sort, { 1, 2, nil, 4 }, function(a, b) return a < b end) try(table.sort, { 3, 2, 1 }, function() error("order", 0) end) try(table.sort, { 1, 2 }, true) try(table.sort, {}, 5) try(table.sort, { 1 }, 5) try(table.sort, 5) for n = 3, 12 do local t = {} for i = 1, n do t[i] = i end io.write(tostring(pcall(table.sort, t, function() return true end)), " ") end print()
-- check: sort of a hundred and more
local t, seed = {}, 7 for i = 1, 150 do seed = (seed * 16807) % 2147483647 t[i] = seed % 50 end local n = 0 table.sort(t, function(a, b) n = n + 1 return a < b end) print(t[1], t[75], t[150]) for i = 2, 150 do assert(t[i - 1] <= t[i]) end
-- check: ipairs follows metamethods
for i, v in ipairs(setmetatable({}, { __index = function(_, i) if i <= 3 then return i * i end end })) do io.write(i, "=", v, " ") end print() for i, v in ipairs(setmetatable({ 1, 2 }, { __index = { 9, 9, 3, 4 } })) do io.write(i, "=", v, " ") end print() for i, v in ipairs(setmetatable({}, { __ipairs = function(t) return function(_, i) if i < 2 then return i + 1, "own" end end, t, 0 end })) do io.write(i, "=", v, " ") end print() print(select("#", ipairs(setmetatable({}, { __ipairs = function() return 1, 2, 3, 4, 5 end }))), select(2, ipairs(setmetatable({}, { __ipairs = function() end })))) try(ipairs) print(select("#", ipairs(nil)), pcall(ipairs, "abc") == true, pcall(ipairs, 5) == true)
-- check: pairs and next
print(select("#", pairs({})), select("#", pairs(setmetatable({}, { __pairs = function() return 1, 2, 3, 4, 5 end })))) print(pairs(setmetatable({}, { __pairs = function() end }))) try(pairs) print(pcall(pairs, 5) == pcall(next, 5)) print(select("#", pairs({}))) try(next, {}, 1) try(next, { 1 }, 2) try(next, 5) local t = { 1, 2, 3, x = 1 } for k in pairs(t) do t[k] = nil end print(next(t))
-- check: rawlen and rawequal ignore metamethods
local mt = { __len = function() return 10 end, __eq = function() return true end } local a, b = setmetatable({ 1 }, mt), setmetatable({}, mt) print(#a, rawlen(a), a == b, rawequal(a, b), rawlen("abc"), rawequal(1, 1.0), rawequal("a", "a"), rawget(a, 1.0), rawset(a, 2.0, "two")[2]) try(rawlen, 5) try(rawlen) try(rawequal, 1) try(rawget, 5, 1) try(rawget, {}) try(rawset, {}, 1) try(rawset, {}, 0/0, 1)
-- check: index and newindex chains
local base = setmetatable({}, { __index = function(_, k) return "base " .. tostring(k) end }) local middle = setmetatable({ m = 1 }, { __index = base }) local top = setmetatable({}, { __index = middle, __newindex = middle }) print(top.m, top.x, top[1]) top.y = 5 print(rawget(top, "y"), rawget(middle, "y")) local loop = {} setmetatable(loop, { __index = loop, __newindex = loop }) try(function() return loop.x end) try(function() loop.x = 1 end) local a = {} for i = 1, 1999 do a = setmetatable({}, { __index = a }) end print(a.x) a = setmetatable({}, { __index = a }) a = setmetatable({}, { __index = a }) try(function() return a.x end)
-- check: keys that are not normal
local t = {} try(function() t[nil] = 1 end) try(function() t[0/0] = 1 end) try(function() return { [nil] = 1 } end) try(function() return { [0/0] = 1 } end) print(t[nil], t[0/0]) t[2^53] = 1 t[1 << 53] = 2 print(t[2^53], next(t) == 1 << 53) t[""] = "empty" t[true] = "true" t[print] = "print" print(t[""], t[true], t[print], t[false])
