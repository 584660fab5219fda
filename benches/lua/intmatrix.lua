-- Matrices of integers: products modulo a prime, powers by squaring, transposition, a determinant.
local modulus = 10007
local function make(n, seed)
  local m = {}
  for i = 1, n do
    local row = {}
    for j = 1, n do row[j] = (i * seed + j * j) % modulus end
    m[i] = row
  end
  return m
end
local function transpose(m)
  local n, t = #m, {}
  for j = 1, n do
    local row = {}
    for i = 1, n do row[i] = m[i][j] end
    t[j] = row
  end
  return t
end
local function multiply(a, b)
  local n, c, columns = #a, {}, transpose(b)
  for i = 1, n do
    local row, out = a[i], {}
    for j = 1, n do
      local column, sum = columns[j], 0
      for k = 1, n do sum = sum + row[k] * column[k] end
      out[j] = sum % modulus
    end
    c[i] = out
  end
  return c
end
local function power(m, e)
  local result
  while e > 0 do
    if e % 2 == 1 then result = result and multiply(result, m) or m end
    m = multiply(m, m)
    e = (e - e % 2) / 2
  end
  return result
end
-- Inverse modulo a prime, by Fermat.
local function inverse(a)
  local result, e = 1, modulus - 2
  while e > 0 do
    if e % 2 == 1 then result = result * a % modulus end
    a = a * a % modulus
    e = (e - e % 2) / 2
  end
  return result
end
local function determinant(m)
  local n, d = #m, 1
  for c = 1, n do
    local pivot = c
    while pivot <= n and m[pivot][c] == 0 do pivot = pivot + 1 end
    if pivot > n then return 0 end
    if pivot ~= c then m[pivot], m[c], d = m[c], m[pivot], modulus - d end
    local top = m[c]
    d = d * top[c] % modulus
    local factor = inverse(top[c])
    for r = c + 1, n do
      local row = m[r]
      local f = row[c] * factor % modulus
      for k = c, n do row[k] = (row[k] - f * top[k]) % modulus end
    end
  end
  return d
end
local p = power(make(120, 31), 1000)
local trace = 0
for i = 1, #p do trace = trace + p[i][i] end
local m = make(180, 17)
for i = 1, #m do m[i][i] = (m[i][i] + i * i * i) % modulus end
print(("%d %d"):format(trace, determinant(m)))
