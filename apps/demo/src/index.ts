export { demoHideRules } from './pages.ts'
export { type DemoShopOptions, demoShop } from './shop.ts'
