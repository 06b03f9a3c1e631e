/** What a tenant of a platform is called where people read of it. */
import { expect, test } from '@jest/globals';
import { tenantZh } from '../../src/wiring/platforms';

test.each([
  ['wecom', 'city', '企业微信 city'],
  ['dingtalk', 'city', '钉钉 city'],
  ['govding', 'sandbox', '政务钉钉（演示环境）'],
  ['elsewhere', 'city', 'elsewhere city'],
])('%s 的租户 %s，人们看到的是“%s”', (platform, tenant, zh) => expect(tenantZh(platform, tenant)).toBe(zh));
