-- Tables with string, integer and float keys: growth, lookup, traversal.
local sum = 0
for round = 1, 4 do
  local t = {}
  for i = 1, 100000 do t["key" .. i % 5000] = i; t[i * 7919] = i; t[i + 0.5] = i end
  for i = 1, 100000 do sum = sum + t[i * 7919] + t["key" .. i % 5000] end
  for _, v in pairs(t) do sum = sum + v end
end
print(sum)
