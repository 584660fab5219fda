-- The table functions over grids of arguments, on tables and on what behaves like one.
local pack = table.pack or function(...) return {n = select("#", ...), ...} end
local kind = math.type or function(v) return type(v) == "number" and "number" or nil end
local maxinteger, mininteger = math.maxinteger or 2^53, math.mininteger or -2^53
local function show(v) return type(v) == "string" and string.format("%q", v) or (v == nil or type(v) == "boolean" or kind(v)) and tostring(v) or type(v) end
local function try(name, f, ...)
  local r = pack(pcall(f, ...))
  for i = 1, r.n do r[i] = show(r[i]) end
  print(name, table.concat(r, " "))
end
local function dump(t, first, last)
  local r = {}
  for i = first or 1, last or #t do r[#r + 1] = show(t[i]) end
  return "{" .. table.concat(r, ",") .. "}"
end
local M, m = maxinteger, mininteger
local function chance(seed) return function(n) seed = seed * 16807 % 2147483647 return seed % n end end

-- check: every function with odd arguments
-- versions: 5.2+
for _, f in ipairs {"concat", "insert", "move", "pack", "remove", "sort", "unpack"} do
  for _, a in ipairs {{n = 0}, {n = 1}, {12, n = 1}, {"x", n = 1}, {{}, n = 1}, {{1, 2, 3}, n = 1}, {{1, 2}, 1, n = 2}, {{1, 2}, "x", n = 2}, {{1, 2}, {}, n = 2}, {{1, 2}, 1.5, n = 2},
    {{1, 2}, 1, 2, n = 3}, {{1, 2}, 1, 2, 3, n = 4}, {{1, 2}, 1, 2, 3, 4, n = 5}, {{1, 2}, 5, n = 2}, {{1, 2}, -1, n = 2}, {{1, 2}, 0, 9, n = 3}, {{1, 2}, 3, 9, n = 3}, {{1, 2}, 4, 9, n = 3},
    {print, n = 1}, {nil, 1, 2, n = 3}, {{1, 2}, 1, 2, nil, n = 4}, {{1, 2}, nil, n = 2}, {{1, 2}, nil, nil, nil, n = 4}} do
    try(f, table[f], table.unpack(a, 1, a.n))
    if type(a[1]) == "table" then print(dump(a[1], 1, 5)) end
  end
end
-- check: insert and remove
-- versions: 5.2+
for n = 0, 12 do
  for p = -1, n + 3 do
    for _, hashed in ipairs {false, true} do
      local function filled()
        local t = {}
        if hashed then for i = n, 1, -1 do t[i] = i end else for i = 1, n do t[i] = i end end
        return t
      end
      local t = filled()
      try("insert " .. n .. " " .. p, table.insert, t, p, "new") print(dump(t, 1, n + 3))
      t = filled()
      try("remove " .. n .. " " .. p, table.remove, t, p) print(dump(t, 1, n + 3))
    end
  end
  local t = {n = 1, x = 2}
  for i = 1, n do table.insert(t, i) end
  for _ = 1, n + 2 do io.write(tostring(table.remove(t)), " ") end
  print(#t)
end
local t = {[0] = "z"} print(table.remove(t), t[0], table.remove(t, 0))
t = {[0] = "z"} print(table.remove(t, 0), t[0])
t = {1, 2, 3} print(table.remove(t, 4), #t, pcall(table.remove, t, 5))
-- check: move
-- versions: 5.2+
for f = -1, 4 do
  for e = -1, 5 do
    for to = -2, 6 do
      local t, b = {1, 2, 3, 4}, {}
      try("within", table.move, t, f, e, to) print(dump(t, -4, 12))
      try("over", table.move, t, f, e, to, b) print(dump(b, -4, 12))
    end
  end
end
for _, a in ipairs {{1, M, 2}, {0, M, 2}, {m, -2, 2}, {m, M, 2}, {-1, M, 2}, {1, 2, M}, {1, 2, M - 1}, {M, M, m}, {1, 0, M}} do try("bounds", table.move, {}, table.unpack(a)) end
-- check: unpack and pack
-- versions: 5.2+
for _, a in ipairs {{-1, 4}, {2}, {2, 1}, {1, 3}} do try("unpack", table.unpack, {1, 2, 3}, table.unpack(a)) end
for _, a in ipairs {{1, 1e6}, {1, 1e8}, {m, M}, {0, M}, {M, M}, {m, m + 1}} do try("unpack", table.unpack, {}, table.unpack(a)) end
try("unpack", table.unpack, {[M] = 7, [M - 1] = 8}, M - 1, M) try("unpack", table.unpack, "abc", 1, 2) try("unpack", table.unpack, "abc") try("unpack", table.unpack, 12, 1, 2)
print(select("#", table.unpack({}, 1, 200)))
local p = pack() print(p.n, #p)
p = pack(nil, 1, nil) print(p.n, p[2])
p = pack(table.unpack({}, 1, 250)) print(p.n)
-- check: concat
-- versions: 5.2+
local y, w = ("y"):rep(30), ("w"):rep(50)
for _, a in ipairs {{{}}, {{1, 2.5, "x"}}, {{1, 2, 3}, ", "}, {{1, 2, 3}, 4}, {{1, 2, 3}, ",", 2}, {{1, 2, 3}, ",", 2, 3}, {{1, 2, 3}, ",", 3, 2}, {{1, 2, 3}, ",", 1, 4}, {{1, {}, 3}}, {{1, true}},
  {{"a", "b"}, "x", M, M}, {{[M] = "q"}, "x", M, M}, {{y, y, "z"}, "--"}, {{y, 12, "z", y}, "--"}, {{w, nil, y}, "--", 1, 3}, {{w}}, {{"a", "b", "c"}, w, 1, 3}, {{w, w, w}, "", 2, 3}, {{w, {}}}} do
  try("concat", table.concat, table.unpack(a))
end
-- check: proxies
local function proxy(t)
  return setmetatable({}, {
    __index = function(_, k) io.write("r", tostring(k), " ") return t[k] end,
    __newindex = function(_, k, v) io.write("w", tostring(k), "=", tostring(v), " ") t[k] = v end,
    __len = function() return #t end,
  })
end
local t = {5, 3, 1, 4, 2, 9, 8, 7}
local p = proxy(t)
try("insert", table.insert, p, 6) try("insert", table.insert, p, 2, "x") try("remove", table.remove, p, 2) try("remove", table.remove, p)
try("concat", table.concat, p, ",") try("sort", table.sort, p) print(dump(t)) try("unpack", table.unpack, p)
try("move", table.move, p, 1, 3, 2) try("move", table.move, p, 1, 3, 3, {}) try("sort", table.sort, p, function(a, b) return a > b end) print(dump(t))
-- check: odd lengths
-- versions: 5.3+
local function with_length(n) return setmetatable({}, {__len = function() return n end}) end
try("insert", table.insert, with_length "x", 1) try("insert", table.insert, with_length(2.5), 1) try("insert", table.insert, with_length(M), 1)
try("sort", table.sort, with_length(M)) try("sort", table.sort, with_length(-1)) try("remove", table.remove, with_length(m)) try("sort", table.sort, with_length(1 << 31))
local s = with_length(0) table.insert(s, 1) table.insert(s, 2) print(rawlen(s), s[1])
-- check: numbers that behave like tables
debug.setmetatable(1, {__index = function(_, k) return k * 10 end, __len = function() return 3 end, __newindex = function(_, k, v) print("set", k, v) end})
try("concat", table.concat, 5, ",") try("unpack", table.unpack, 5) try("insert", table.insert, 5, 1)
debug.setmetatable(1, {__index = {}, __len = function() return 3 end})
try("insert", table.insert, 5, 1) try("unpack", table.unpack, 5)
debug.setmetatable(1, nil)
-- check: sort
-- versions: 5.3+
for _, n in ipairs {0, 1, 2, 3, 4, 5, 7, 10, 50, 99, 100, 101, 500} do
  for seed = 1, 5 do
    local r = chance(seed)
    local ints, floats, strings, mixed, objects, zeros = {}, {}, {}, {}, {}, {}
    for i = 1, n do
      ints[i] = r(n) floats[i] = r(1000) / 8 strings[i] = string.char(97 + r(26), 97 + r(26))
      mixed[i] = r(2) == 0 and r(20) or r(20) + 0.0 objects[i] = {key = r(10), i = i} zeros[i] = r(2) == 0 and 0.0 or -0.0
    end
    table.sort(ints) table.sort(floats) table.sort(strings) table.sort(mixed) table.sort(zeros)
    print(dump(ints), dump(floats), dump(strings), dump(mixed), dump(zeros))
    if n < 100 then
      local asked, order = {}, {}
      table.sort(objects, function(a, b) asked[#asked + 1] = a.i .. "<" .. b.i return a.key < b.key end)
      for i = 1, n do order[i] = objects[i].i end
      print(table.concat(order, " "), table.concat(asked, " "))
      for _, comparison in ipairs {function(a, b) return a > b end, function() return true end, function() return false end, function(a, b) return a <= b end, function() return r(2) == 0 end} do
        local copy = {table.unpack(ints)}
        try("order", table.sort, copy, comparison) print(dump(copy))
      end
      floats[n // 2 + 1] = 0/0
      print(pcall(table.sort, floats)) print(dump(floats))
    end
  end
end
-- check: sort of what cannot be compared
for _, a in ipairs {{{1, "x"}}, {{1, {}}}, {{{}, {}}}, {{true, false}}, {{3, 2, 1}, 12}, {{3, 2, 1}, "x"}, {{1}, 12}, {{3, 2, 1}, nil}, {{3, 2, 1}, error}, {{3, 2, 1}, function(a) error(a, 0) end}} do try("sort", table.sort, a[1], a[2]) print(dump(a[1])) end
-- check: sort of strings with NUL, and by metamethod
local t = {"b", "a", "c\0x", "c\0a", "", "B", "aa", "a\0", ("z"):rep(50), ("z"):rep(51)} table.sort(t) print(dump(t))
local mt = {__lt = function(a, b) return a.v < b.v end}
local r, t = chance(9), {}
for i = 1, 30 do t[i] = setmetatable({v = r(100)}, mt) end
table.sort(t)
for i = 1, 30 do io.write(t[i].v, " ") end
print()
-- check: sort of a list that changes meanwhile
t = {5, 4, 3, 2, 1}
try("shrinks", table.sort, t, function(a, b) t[#t] = nil return (a or 0) < (b or 0) end) print(dump(t, 1, 5))
