import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../src/kit/public-address.ts';

describe('an address', () => {
  it.each(['93.184.215.14', '1.1.1.1', '172.32.0.1', '2606:4700:4700::1111', '2a00:1450:4001:81b::200e'])(
    'is public: %s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    ['this machine', '127.0.0.1'],
    ['this machine, by another number', '127.8.9.10'],
    ['this machine, in IPv6', '::1'],
    ['this machine, an IPv4 address in IPv6', '::ffff:127.0.0.1'],
    ['the same in hexadecimal', '::ffff:7f00:1'],
    ['this machine, the old way of IPv4 in IPv6', '::127.0.0.1'],
    ['any address at all', '0.0.0.0'],
    ['any address at all, in IPv6', '::'],
    ['a network of this machine', '0.1.2.3'],
    ['a private network', '10.1.2.3'],
    ['a private network', '172.16.0.1'],
    ['a private network', '172.31.255.255'],
    ['a private network', '192.168.1.1'],
    ['a private network, in IPv6', 'fd00:ec2::254'],
    ['a site of its own, as it was once done in IPv6', 'fec0::1'],
    ['a provider’s own network', '100.64.0.1'],
    ['Alibaba’s service for its machines', '100.100.100.200'],
    ['a link, and the clouds’ services for their machines', '169.254.169.254'],
    ['a link, in IPv6', 'fe80::1'],
    ['a link by name', 'fe80::1%eth0'],
    ['Azure’s service for its machines', '168.63.129.16'],
    ['Oracle’s service for its machines', '192.0.0.192'],
    ['the same through NAT64', '64:ff9b::a9fe:a9fe'],
    ['a private network through 6to4', '2002:0a00:0001::1'],
    ['a tunnel of Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
    ['a group', '224.0.0.1'],
    ['a group, in IPv6', 'ff02::1'],
    ['everybody', '255.255.255.255'],
    ['a range that is kept free', '240.0.0.1'],
    ['an example', '192.0.2.1'],
    ['an example, in IPv6', '2001:db8::1'],
    ['a measurement', '198.18.0.1'],
    ['no address', 'localhost'],
    ['nothing', ''],
  ])('is not public: %s, %s', (_what, address) => expect(isPublicAddress(address)).toBe(false));
});
