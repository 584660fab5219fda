-- table.sort with the default order and with a comparison function.
local seed = 42
local function random() seed = (seed * 1103515245 + 12345) % 2147483648; return seed end
local sum = 0
for _ = 1, 3 do
  local a, b, c = {}, {}, {}
  for i = 1, 100000 do a[i] = random(); b[i] = a[i]; end
  for i = 1, 20000 do c[i] = "s" .. random() % 100000 end
  table.sort(a)
  table.sort(b, function(x, y) return x > y end)
  table.sort(c)
  sum = sum + a[1] + b[1] + #c[1]
end
print(sum)
