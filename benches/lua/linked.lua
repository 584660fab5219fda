-- Linked structures: lists reversed and merged, a double-ended queue, a graph searched in breadth, a trie.
local function list(n)
  local head
  for i = n, 1, -1 do head = { value = i, next = head } end
  return head
end
local function reverse(l)
  local new
  while l do new, l, l.next = l, l.next, new end
  return new
end
local sum = 0
for _ = 1, 120 do
  local l = reverse(list(10000))
  while l do
    sum = sum + l.value
    l = l.next
  end
end
local queue, first, last = {}, 1, 0
for i = 1, 1500000 do
  last = last + 1
  queue[last] = i
  if i % 3 ~= 0 then
    sum = sum + queue[first]
    queue[first] = nil
    first = first + 1
  end
end
local size = 150
local seen, frontier, distance = { [1] = 0 }, { 1 }, 0
while #frontier > 0 do
  local next = {}
  for _, at in ipairs(frontier) do
    local x, y = (at - 1) % size, (at - 1 - (at - 1) % size) / size
    for d = 1, 4 do
      local nx, ny = x + (d == 1 and 1 or d == 2 and -1 or 0), y + (d == 3 and 1 or d == 4 and -1 or 0)
      local to = ny * size + nx + 1
      if nx >= 0 and nx < size and ny >= 0 and ny < size and (nx * ny) % 7 ~= 3 and not seen[to] then
        seen[to] = distance
        next[#next + 1] = to
      end
    end
  end
  frontier = next
  distance = distance + 1
end
local trie = {}
for i = 1, 20000 do
  local node = trie
  for c in tostring(i * 7919 % 100003):gmatch(".") do
    node[c] = node[c] or {}
    node = node[c]
  end
  node.count = (node.count or 0) + 1
end
local function count(node)
  local n = node.count or 0
  for k, child in pairs(node) do if k ~= "count" then n = n + count(child) end end
  return n
end
print(sum, distance, count(trie))
