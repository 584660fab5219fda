-- Tables as dictionaries: integers far apart, strings, deletion, traversal.
local n = 0
for r = 1, 8 do
  local t = {}
  for i = 1, 50000 do t[i * 7919 % 1000003] = i end
  for i = 1, 50000 do if t[i * 13 % 1000003] then n = n + 1 end end
  for k, v in pairs(t) do n = n + v % 2 end
  for k in pairs(t) do t[k] = nil end
  local names = {}
  for i = 1, 20000 do names["key" .. i] = i end
  for i = 1, 20000 do n = n + names["key" .. i] end
end
print(n)
