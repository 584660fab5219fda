-- Counts of short substrings of a long one, as in k-nucleotide.
local letters, parts, x = { "A", "C", "G", "T" }, {}, 42
for i = 1, 50000 do
  x = x * 16807 % 2147483647
  parts[i] = letters[x % 4 + 1]
end
local dna = table.concat(parts)
local function count(k)
  local counts = {}
  for i = 1, #dna - k + 1 do
    local piece = dna:sub(i, i + k - 1)
    counts[piece] = (counts[piece] or 0) + 1
  end
  return counts
end
for _, k in ipairs { 1, 2, 3, 4, 6, 12, 18 } do
  local counts, keys = count(k), {}
  for key in pairs(counts) do keys[#keys + 1] = key end
  table.sort(keys, function(a, b) return counts[a] == counts[b] and a < b or counts[a] > counts[b] end)
  print(k, #keys, keys[1], counts[keys[1]])
end
