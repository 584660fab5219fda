-- Memoised functions: closures over tables, keys made of several arguments.
local function memoize(f)
  local known = {}
  return function(x)
    local y = known[x]
    if y == nil then
      y = f(x)
      known[x] = y
    end
    return y
  end
end
local function memoize2(f)
  local known = {}
  return function(a, b)
    local row = known[a]
    if not row then row = {} known[a] = row end
    local y = row[b]
    if y == nil then y = f(a, b) row[b] = y end
    return y
  end
end
local function by_name(f)
  local known = {}
  return function(...)
    local key = table.concat({ ... }, ":")
    local y = known[key]
    if not y then y = f(...) known[key] = y end
    return y
  end
end
local sum = 0
for round = 1, 30 do
  local fib
  fib = memoize(function(n) return n < 2 and n or fib(n - 1) + fib(n - 2) end)
  local paths
  paths = memoize2(function(a, b) return (a == 0 or b == 0) and 1 or (paths(a - 1, b) + paths(a, b - 1)) % 1000003 end)
  local area = by_name(function(a, b, c) return a * b + c end)
  for i = 1, 40000 do sum = sum + fib(i % 70) % 97 end
  sum = sum + paths(100, 100)
  for i = 1, 40000 do sum = sum + area(i % 10, i % 7, i % 3) end
end
print(sum)
