-- Loops, labels and closures of 5.3.
local function run(text) print(select(2, pcall(assert(load(text, "=t"))))) end

-- check: integer loops wrap around
local n = 0
for i = math.maxinteger - 1, math.maxinteger do n = n + 1 io.write(i, " ") if n == 4 then break end end
print()
n = 0
for i = math.mininteger + 1, math.mininteger, -1 do n = n + 1 io.write(i, " ") if n == 4 then break end end
print()
-- check: step zero
local n = 0
for i = 1, 0, 0 do n = n + 1 if n > 2 then break end print(i) end
for i = 1, 1, 0 do n = n + 1 if n > 9 then break end print(i) end
-- check: strings as bounds
for i = "1", 2 do io.write(i, " ") end
for i = 1, "2" do io.write(i, " ") end
for i = 1, 2, "1" do io.write(i, " ") end
for i = "0x10", "17.5" do io.write(i, " ") end
print()
-- check: wrong bounds
run "for i = {}, 1 do end"
run "for i = 1, {} do end"
run "for i = 1, 2, {} do end"
run "for i = 1, nil do end"
run "for i = 'x', 'y', 'z' do end"
run "for i = 1.5, 'y' do end"
-- check: float bounds of integer loops
for _, limit in ipairs { 2.9, -2.9, 1e100, -1e100, 0/0, math.huge, -math.huge } do
  local n = 0
  for i = 1, limit do n = n + 1 if n == 3 then break end end
  for i = 1, limit, -1 do n = n + 10 if n > 30 then break end end
  print(limit ~= limit and "nan" or limit, n)
end
-- check: float loops begin by the rounded step
for i = 0.1, 1, 0.3 do io.write(string.format("%.17g ", i)) end
for i = 1, 2, 0.25 do io.write(i, " ") end
for i = 1.0, 3 do io.write(i, " ") end
for i = 3, 1.0, -1 do io.write(i, " ") end
for i = 1e308, 2, 1e308 do io.write(i, " ") end
print()
-- check: the loop variable is a copy
for i = 1, 3 do local j = i i = i * 10 io.write(j, ":", i, " ") end
print()
-- check: hidden variables
for i = 1, 1 do for n = 1, 9 do io.write(tostring(debug.getlocal(1, n)), " ") end end
print()
for k in next, { 1 } do for n = 1, 9 do io.write(tostring(debug.getlocal(1, n)), " ") end end
print()
-- check: iterators that are no functions
run "for a in nil do end"
run "for a in {} do end"
run "for a, b in 5, 6 do end"
run "local t = {} for a in t.x do end"
run "for a in pairs(nil) do end"
run "for a in ipairs() do end"
-- check: iterators that call
local function iterator(limit, n) if n < limit then return n + 1, n * n end end
for n, square in iterator, 4, 0 do io.write(n, "=", square, " ") end
for c in setmetatable({}, { __call = function(_, _, c) c = (c or 0) + 1 if c < 4 then return c end end }) do io.write(c, " ") end
print()
-- check: ipairs by metamethods
local t = setmetatable({ 1, 2 }, { __index = function(_, i) if i < 5 then return i * 10 end end })
for i, v in ipairs(t) do io.write(i, "=", v, " ") end
print()
for a, b, c in ipairs(setmetatable({}, { __ipairs = function(t) return function(_, n) if n < 2 then return n + 1, "x" end end, t, 0 end })) do print(a, b, c) end
-- check: pairs by metamethods
for a, b in pairs(setmetatable({}, { __pairs = function(t) return next, { x = 1 }, nil, 4 end })) do print(a, b) end
print(select("#", pairs(setmetatable({}, { __pairs = function() end }))))
-- check: labels in nested blocks may repeat
do
  goto l1
  ::l1:: do goto l1; ::l1:: print "inner" end
  print "outer"
end
-- check: goto continue
for i = 1, 5 do if i % 2 == 0 then goto continue end io.write(i, " ") ::continue:: end
print()
-- check: goto out of nested loops
for i = 1, 3 do for j = 1, 3 do if i * j == 4 then goto found end end end
::found:: print "found"
-- check: backward goto makes new variables
local functions = {}
do
  local i = 1
  ::again::
  local x = i
  functions[i] = function() x = x + 1 return x end
  i = i + 1
  if i <= 3 then goto again end
end
print(functions[1](), functions[1](), functions[2](), functions[3]())
-- check: wrong gotos and labels
for _, text in ipairs {
  "goto x", "do ::x:: end goto x", "goto x local a ::x:: print(a)", "::x:: ::x::", "do ::x:: goto x end ::x::", "break", "goto = 1",
  "if true then goto x end local a ::x::", "repeat goto x local a ::x:: until a", "goto 1", "::x", "::x: :", "while true do break break end",
} do print(select(2, load(text, "=t"))) end
-- check: closures are shared while their upvalues are
local a = {}
for i = 1, 3 do a[i] = function() return a end end
print(a[1] == a[2])
for i = 1, 3 do a[i] = function() return i end end
print(a[1] == a[2])
local function f() return function() end end
print(f() == f())
-- check: line hooks of loops
local lines = {}
debug.sethook(function(_, line) lines[#lines + 1] = line end, "l")
for i = 1, 3 do local x = i end
for i = 1, 2 do
  local x = i
end
for i = 1, 0 do local x = i end
for _ in pairs { 1, 2 } do local x end
local i = 0
while i < 2 do i = i + 1 end
repeat i = i - 1 until i == 0
debug.sethook()
print(table.concat(lines, " "))
-- check: control structures that are too long
print(load("while true do " .. ("a = a + 1\n"):rep(2^18) .. "end", "=t") == nil)
