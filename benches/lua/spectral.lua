-- Float arithmetic in nested calls: the largest eigenvalue of an infinite matrix, cut off.
local n = 600
local function entry(i, j)
  local k = i + j
  return 1.0 / (k * (k + 1) * 0.5 + i + 1)
end
local function times(v, transposed)
  local out = {}
  for i = 0, n - 1 do
    local sum = 0.0
    for j = 0, n - 1 do
      sum = sum + (transposed and entry(j, i) or entry(i, j)) * v[j + 1]
    end
    out[i + 1] = sum
  end
  return out
end
local u, v = {}, nil
for i = 1, n do u[i] = 1.0 end
for _ = 1, 10 do
  v = times(times(u, false), true)
  u = times(times(v, false), true)
end
local uv, vv = 0, 0
for i = 1, n do uv, vv = uv + u[i] * v[i], vv + v[i] * v[i] end
print(string.format("%.8f", math.sqrt(uv / vv)))
