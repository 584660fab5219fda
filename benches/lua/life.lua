-- Conway's game of life on a torus: neighbours in arrays of arrays, then in a sparse table with string keys.
local w, h = 96, 64
local grid = {}
local x = 7
for r = 1, h do
  grid[r] = {}
  for c = 1, w do
    x = x * 16807 % 2147483647
    grid[r][c] = x % 3 == 0 and 1 or 0
  end
end
local function step(g)
  local new = {}
  for r = 1, h do
    local above, here, below = g[(r - 2) % h + 1], g[r], g[r % h + 1]
    local row = {}
    for c = 1, w do
      local left, right = (c - 2) % w + 1, c % w + 1
      local n = above[left] + above[c] + above[right] + here[left] + here[right] + below[left] + below[c] + below[right]
      row[c] = (n == 3 or n == 2 and here[c] == 1) and 1 or 0
    end
    new[r] = row
  end
  return new
end
for _ = 1, 500 do grid = step(grid) end
local alive = 0
for r = 1, h do for c = 1, w do alive = alive + grid[r][c] end end
local cells = {}
for _, p in ipairs { { 1, 2 }, { 2, 3 }, { 3, 1 }, { 3, 2 }, { 3, 3 }, { 40, 40 }, { 40, 41 }, { 40, 42 }, { 41, 41 } } do
  cells[p[1] .. "," .. p[2]] = p
end
for _ = 1, 600 do
  local counts, places = {}, {}
  for _, p in pairs(cells) do
    for dr = -1, 1 do
      for dc = -1, 1 do
        local r, c = p[1] + dr, p[2] + dc
        local key = r .. "," .. c
        if dr ~= 0 or dc ~= 0 then counts[key] = (counts[key] or 0) + 1 end
        places[key] = places[key] or { r, c }
      end
    end
  end
  local new = {}
  for key, n in pairs(counts) do
    if n == 3 or n == 2 and cells[key] then new[key] = places[key] end
  end
  cells = new
end
local n = 0
for _ in pairs(cells) do n = n + 1 end
print(alive, n)
