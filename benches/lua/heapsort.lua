-- Heapsort, quicksort and merge sort written out in Lua.
local floor = math.floor
local function heapsort(a, n)
  local function sift(lo, hi)
    local root, v = lo, a[lo]
    while true do
      local child = root * 2
      if child > hi then break end
      if child < hi and a[child] < a[child + 1] then child = child + 1 end
      if v >= a[child] then break end
      a[root] = a[child]
      root = child
    end
    a[root] = v
  end
  for i = floor(n / 2), 1, -1 do sift(i, n) end
  for i = n, 2, -1 do
    a[1], a[i] = a[i], a[1]
    sift(1, i - 1)
  end
end
local function quicksort(a, lo, hi)
  while lo < hi do
    local pivot, i, j = a[floor((lo + hi) / 2)], lo, hi
    repeat
      while a[i] < pivot do i = i + 1 end
      while pivot < a[j] do j = j - 1 end
      if i <= j then
        a[i], a[j] = a[j], a[i]
        i, j = i + 1, j - 1
      end
    until i > j
    if j - lo < hi - i then
      quicksort(a, lo, j)
      lo = i
    else
      quicksort(a, i, hi)
      hi = j
    end
  end
end
local function mergesort(a, n)
  local b, width = {}, 1
  while width < n do
    for lo = 1, n, 2 * width do
      local i, j, mid, hi = lo, lo + width, math.min(lo + width - 1, n), math.min(lo + 2 * width - 1, n)
      for k = lo, hi do
        if i <= mid and (j > hi or a[i] <= a[j]) then
          b[k] = a[i]
          i = i + 1
        else
          b[k] = a[j]
          j = j + 1
        end
      end
    end
    a, b, width = b, a, width * 2
  end
  return a
end
local n, x = 60000, 42
local function fill()
  local a = {}
  for i = 1, n do
    x = x * 16807 % 2147483647
    a[i] = x
  end
  return a
end
local sum = 0
for _ = 1, 4 do
  local a, b, c = fill(), fill(), fill()
  heapsort(a, n)
  quicksort(b, 1, n)
  c = mergesort(c, n)
  for i = 2, n do assert(a[i - 1] <= a[i] and b[i - 1] <= b[i] and c[i - 1] <= c[i]) end
  sum = sum + a[1] + b[2] + c[3]
end
print(sum)
