-- Integer loops, remainders and comparisons.
local hits = 0
for i = 1, 9000000 do
  if i % 3 == 0 or i % 5 == 0 then hits = hits + i end
  local j = i
  while j > 1000000 do j = j - 777777 end
end
print(hits)
