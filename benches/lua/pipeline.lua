-- Coroutines as stages of a pipeline, a scheduler of many, and a recursive generator.
local yield, wrap, create, resume = coroutine.yield, coroutine.wrap, coroutine.create, coroutine.resume
local function numbers(n) return wrap(function() for i = 1, n do yield(i) end end) end
local function filter(p, source) return wrap(function() for v in source do if p(v) then yield(v) end end end) end
local function map(f, source) return wrap(function() for v in source do yield(f(v)) end end) end
local function inorder(t) if t then inorder(t.left) yield(t.value) inorder(t.right) end end
local function insert(t, v)
  if not t then return { value = v } end
  if v < t.value then t.left = insert(t.left, v) else t.right = insert(t.right, v) end
  return t
end
local sum = 0
for v in map(function(x) return x * 3 end, filter(function(x) return x % 2 == 1 end, numbers(1200000))) do sum = sum + v % 7 end
local tasks = {}
for i = 1, 100 do
  tasks[i] = create(function(a)
    for j = 1, 10000 + i do a = a + yield(a % 10) end
    return "done"
  end)
end
local left = #tasks
while left > 0 do
  for i = 1, #tasks do
    local t = tasks[i]
    if t then
      local _, v = resume(t, i)
      if v == "done" then tasks[i] = false left = left - 1 else sum = sum + v end
    end
  end
end
local tree, x = nil, 42
for _ = 1, 20000 do
  x = x * 16807 % 2147483647
  tree = insert(tree, x)
end
for _ = 1, 5 do for v in wrap(function() inorder(tree) end) do sum = sum + v % 3 end end
print(sum)
