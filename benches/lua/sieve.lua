-- Booleans in an array.
local count = 0
for _ = 1, 15 do
  local limit, composite = 1000000, {}
  for i = 1, limit do composite[i] = false end
  count = 0
  for i = 2, limit do
    if not composite[i] then
      count = count + 1
      for j = i * i, limit, i do composite[j] = true end
    end
  end
end
print(count)
