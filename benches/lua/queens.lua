-- Backtracking over small arrays.
local n, found = 9, 0
local columns, up, down = {}, {}, {}
local function place(row)
  if row > n then found = found + 1 return end
  for c = 1, n do
    if not columns[c] and not up[row + c] and not down[row - c + n] then
      columns[c], up[row + c], down[row - c + n] = true, true, true
      place(row + 1)
      columns[c], up[row + c], down[row - c + n] = false, false, false
    end
  end
end
for _ = 1, 120 do found = 0; place(1) end
print(found)
