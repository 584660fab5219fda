-- Arrays of arrays: the product of two matrices.
local n = 150
local function make(seed)
  local m = {}
  for i = 1, n do
    local row = {}
    for j = 1, n do row[j] = (i * seed + j) % 17 + 0.5 end
    m[i] = row
  end
  return m
end
local a, b, total = make(3), make(7), 0
for _ = 1, 8 do
  local c = {}
  for i = 1, n do
    local row, out = a[i], {}
    for j = 1, n do
      local sum = 0
      for k = 1, n do sum = sum + row[k] * b[k][j] end
      out[j] = sum
    end
    c[i] = out
  end
  total = total + c[n][n]
end
print(total)
