-- Numbers: Collatz sequences, greatest common divisors, digits, powers modulo n.
local function collatz(n)
  local steps = 0
  while n ~= 1 do
    if n % 2 == 0 then n = n / 2 else n = 3 * n + 1 end
    steps = steps + 1
  end
  return steps
end
local function gcd(a, b)
  while b ~= 0 do a, b = b, a % b end
  return a
end
local function power(b, e, m)
  local r = 1
  while e > 0 do
    if e % 2 == 1 then r = r * b % m end
    b = b * b % m
    e = (e - e % 2) / 2
  end
  return r
end
local best, at = 0, 0
for i = 1, 120000 do
  local n = collatz(i)
  if n > best then best, at = n, i end
end
local sum = 0
for i = 1, 700 do for j = i, 700, 3 do sum = sum + gcd(i, j) end end
for i = 1, 200000 do sum = sum + power(3, i, 65537) end
print(best, at, sum)
