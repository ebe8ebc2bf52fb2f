/** A team as the company's phone book has it. */
export type Department = {
  readonly name: string
  readonly zone: string
  readonly locale: 'en' | 'zh'
  /** The person whom others ask. */
  readonly contact: string
  /** Names of what it runs, most important first. */
  readonly services: readonly string[]
}

const ZONES = {
  sh: 'Asia/Shanghai',
  be: 'Europe/Berlin',
  ny: 'America/New_York',
  sf: 'America/Los_Angeles',
  sg: 'Asia/Singapore',
} as const

/** `name zone contact: services`, with a star for a team that writes Chinese. */
const DEPARTMENTS = `
payments sh* 林晓雨: payments-api payments-gateway refunds card-vault settlement-worker
checkout be Jana Vogt: checkout cart address-check vouchers
catalog ny Priya Raman: catalog-api catalog-search-feed attributes media-index
storefront be Tomasz Wilk: shop shop-assets landing-pages edge-cache
search sf Dan Whitfield: query suggest ranking indexer
risk sh* 周文博: risk-score rules-engine device-print case-review
ledger be Ines Falk: ledger journal balance-sheet closing
orders sh* 陈思远: orders-api order-events order-history splitter
inventory sg Nurul Hassan: stock reservations stock-feed warehouses
pricing ny Marcus Bell: prices promotions price-rules competitor-feed
identity be Selma Aydin: login tokens sessions directory
accounts sf Grace Okafor: accounts-api preferences consent
notifications sg Wei Jie Tan: mailer push sms-gateway templates
shipping be Piotr Nowak: rates labels tracking carriers
returns be Katrin Beck: returns-api return-labels inspection
fraud sh* 赵立: fraud-stream fraud-graph chargebacks
recommendations sf Elena Park: recommend features model-server
reviews ny Olivia Grant: reviews-api moderation ratings
loyalty sg Aisha Rahman: points tiers rewards
giftcards ny Sam Petrov: giftcards-api issuing
billing be Lukas Brandt: invoices dunning tax bank-files
treasury be Miriam Hoff: fx-rates positions
reporting ny Andre Lewis: reports exports dashboards
analytics sf Hannah Cole: collector sessionizer funnels
ads sf Victor Lam: bidding campaigns creatives pixel
content ny Zoe Martin: articles pages translations
media sh* 孙佳: images transcoder thumbnails
localization sh* 何静: strings glossary
support sg Farah Aziz: tickets chat knowledge
partners be Jonas Keller: partner-api feeds onboarding
marketplace sh* 郭子涵: sellers listings seller-payouts
suppliers sg Daniel Ong: supplier-api purchase-orders
workforce ny Rita Alvarez: shifts timesheets
legal be Anna Weiss: cases retention
mobile sf Kevin Tran: mobile-bff app-config crash-reports
web be Lea Winter: web-bff sitemap
data sf Noor Siddiqui: stream-hub schema-registry lake-loader
ml sf Ivan Costa: training-api inference vectors
observability be Nils Arnold: metrics-store log-agent traces alerts
platform sh Lee: portal deploy-hooks dns-sync
`

/** Some 40 teams of a company that sells things in many countries. */
export const departments: readonly Department[] = DEPARTMENTS.trim()
  .split('\n')
  .map((line) => {
    const [, name = '', zone = 'be', star, contact = '', services = ''] =
      /^(\S+) (\w\w)(\*?) ([^:]+): (.+)$/.exec(line) ?? []
    const locale = star === '*' ? 'zh' : 'en'
    return { name, zone: ZONES[zone as keyof typeof ZONES], locale, contact, services: services.split(' ') }
  })

/** So many departments; beyond those of the phone book they are further ones of the same trades. */
export function departmentsFor(count: number): readonly Department[] {
  return Array.from({ length: count }, (_, index) => {
    const known = departments[index % departments.length]
    if (!known) throw new RangeError('a company without departments')
    const round = Math.floor(index / departments.length)
    return round === 0 ? known : { ...known, name: `${known.name}-${round + 1}` }
  })
}
