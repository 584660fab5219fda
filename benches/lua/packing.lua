-- string.pack and unpack, utf8, bitwise operators.
local total = 0
for i = 1, 1000000 do
  local s = string.pack("<i4d", i, i / 2)
  local a, b = string.unpack("<i4d", s)
  total = total + a + b
end
local s = utf8.char(72, 228, 8364, 128512):rep(2000)
for _ = 1, 150 do for _, c in utf8.codes(s) do total = total + c end end
local h = 0
for i = 1, 15000000 do h = ((h << 5) ~ (h >> 3) ~ i) & 0xFFFFFFFF end
print(total, h)
