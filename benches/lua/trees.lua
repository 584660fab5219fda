-- Allocation: binary trees, built and walked.
local function build(depth)
  if depth == 0 then return {} end
  return { build(depth - 1), build(depth - 1) }
end
local function count(tree)
  if not tree[1] then return 1 end
  return 1 + count(tree[1]) + count(tree[2])
end
local long, total = build(17), 0
for depth = 4, 16, 2 do
  for _ = 1, 2 ^ (19 - depth) do total = total + count(build(depth)) end
end
print(total, count(long))
