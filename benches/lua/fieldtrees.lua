-- Allocation: binary trees with named fields: search trees built, balanced again, copied and walked; expression trees.
local x = 42
local function random(n)
  x = x * 16807 % 2147483647
  return x % n + 1
end
local function insert(tree, key)
  if not tree then return { left = nil, right = nil, key = key, count = 1 } end
  local at = tree
  while true do
    if key == at.key then
      at.count = at.count + 1
      return tree
    end
    local side = key < at.key and "left" or "right"
    local child = at[side]
    if not child then
      at[side] = { left = nil, right = nil, key = key, count = 1 }
      return tree
    end
    at = child
  end
end
local function flatten(tree, list)
  if tree.left then flatten(tree.left, list) end
  list[#list + 1] = tree
  if tree.right then flatten(tree.right, list) end
  return list
end
local function balanced(list, from, to)
  if from > to then return nil end
  local middle = (from + to - (from + to) % 2) / 2
  local node = list[middle]
  return { left = balanced(list, from, middle - 1), right = balanced(list, middle + 1, to), key = node.key, count = node.count }
end
local function copy(tree)
  return tree and { left = copy(tree.left), right = copy(tree.right), key = tree.key, count = tree.count }
end
local function depth(tree)
  if not tree then return 0 end
  local l, r = depth(tree.left), depth(tree.right)
  return 1 + (l > r and l or r)
end
local sum = 0
for _ = 1, 3 do
  local tree
  for _ = 1, 20000 do tree = insert(tree, random(100000)) end
  local list = flatten(tree, {})
  for _ = 1, 6 do
    tree = balanced(list, 1, #list)
    sum = sum + depth(copy(tree))
  end
  sum = sum + #list
end
local function expression(levels)
  if levels == 0 then return { kind = "number", value = random(9) } end
  local operator = random(3)
  return {
    kind = operator == 1 and "add" or operator == 2 and "sub" or "max",
    left = expression(levels - 1),
    right = expression(levels - 1),
  }
end
local function fold(e)
  if e.kind == "number" then return e end
  local a, b = fold(e.left).value, fold(e.right).value
  return { kind = "number", value = e.kind == "add" and a + b or e.kind == "sub" and a - b or a > b and a or b }
end
for _ = 1, 12 do sum = sum + fold(expression(13)).value end
print(("%d"):format(sum))
