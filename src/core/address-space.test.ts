import { expect, test } from 'vitest'
import { addressSpaceOf, isHomeHost } from './address-space.ts'

test.each([
  ['localhost', 'loopback'],
  ['app.localhost', 'loopback'],
  ['127.0.0.1', 'loopback'],
  ['127.9.9.9', 'loopback'],
  ['[::1]', 'loopback'],
  ['10.0.0.1', 'local'],
  ['172.16.0.1', 'local'],
  ['172.31.255.255', 'local'],
  ['172.32.0.1', 'public'],
  ['192.168.0.9', 'local'],
  ['169.254.1.1', 'local'],
  ['100.64.0.1', 'local'],
  ['100.128.0.1', 'public'],
  ['[fd00::1]', 'local'],
  ['[fe80::1]', 'local'],
  ['[2001:db8::1]', 'public'],
  ['Box.LOCAL.', 'local'],
  ['8.8.8.8', 'public'],
  ['example.com', 'public'],
  ['10.example.com', 'public'],
  ['localhost.example.com', 'public'],
])('%s is %s', (host, space) => {
  expect(addressSpaceOf(host)).toBe(space)
})

test('a home host is one without a certificate', () => {
  for (const host of ['localhost', '8.8.8.8', 'gpu-box', 'nas.lan', 'a.home.arpa', '[2001:db8::1]']) {
    expect(isHomeHost(host), host).toBe(true)
  }
  for (const host of ['example.com', 'lan.example.com', 'openrouter.ai']) expect(isHomeHost(host), host).toBe(false)
})
