-- pairs, ipairs, next and a closure as iterator.
local t, h = {}, {}
for i = 1, 1000 do t[i] = i; h["k" .. i] = i end
local sum = 0
for _ = 1, 2500 do
  for _, v in ipairs(t) do sum = sum + v end
  for _, v in pairs(t) do sum = sum + v end
  for _, v in pairs(h) do sum = sum + v end
  local k, v = next(h)
  while k do sum = sum + v; k, v = next(h, k) end
end
local function each(list)
  local i = 0
  return function() i = i + 1; return list[i] end
end
for _ = 1, 1500 do for v in each(t) do sum = sum + v end end
print(sum)
