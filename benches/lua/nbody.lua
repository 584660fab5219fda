-- Floats in fields: planets attract each other.
local sqrt = math.sqrt
local function body(x, y, z, vx, vy, vz, mass)
  return { x = x, y = y, z = z, vx = vx, vy = vy, vz = vz, mass = mass }
end
local bodies = {
  body(0, 0, 0, 0, 0, 0, 39.47),
  body(4.84, -1.16, -0.10, 0.606, 2.811, -0.025, 0.0377),
  body(8.34, 4.12, -0.40, -1.010, 1.825, 0.008, 0.0113),
  body(12.89, -15.11, -0.22, 1.082, 0.868, -0.010, 0.0017),
  body(15.37, -25.92, 0.18, 0.979, 0.594, -0.034, 0.0020),
}
local function advance(dt)
  for i = 1, #bodies do
    local a = bodies[i]
    for j = i + 1, #bodies do
      local b = bodies[j]
      local dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
      local square = dx * dx + dy * dy + dz * dz
      local force = dt / (square * sqrt(square))
      local am, bm = a.mass * force, b.mass * force
      a.vx, a.vy, a.vz = a.vx - dx * bm, a.vy - dy * bm, a.vz - dz * bm
      b.vx, b.vy, b.vz = b.vx + dx * am, b.vy + dy * am, b.vz + dz * am
    end
  end
  for i = 1, #bodies do
    local a = bodies[i]
    a.x, a.y, a.z = a.x + dt * a.vx, a.y + dt * a.vy, a.z + dt * a.vz
  end
end
for _ = 1, 250000 do advance(0.001) end
print(string.format("%.6f %.6f", bodies[1].x, bodies[5].y))
