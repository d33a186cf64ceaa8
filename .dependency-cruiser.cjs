/**
 * Who may import whom (the architecture's rules). Paths are resolved before they are checked, so a relative path into
 * another package is seen as what it is.
 */
const SERVICES = 'wordcloud-(bff|user|task|seg|maker)';
const isTest = '(\\.test\\.ts$|/test/)';

/** A library may import only the named libraries of this repository. */
const libraryMayImport = (library, allowed) => ({
  name: `${library}-imports-only-${allowed.join('-') || 'nothing'}`,
  severity: 'error',
  from: { path: `^shared/${library}/src`, pathNot: isTest },
  to: { path: `^(shared/(?!(${[library, ...allowed].join('|')})/)|wordcloud-|scripts/|e2e/|bench/)` },
});

module.exports = {
  forbidden: [
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-service-imports-another',
      severity: 'error',
      from: { path: `^${SERVICES}/` },
      to: { path: `^${SERVICES}/`, pathNot: '^wordcloud-$1/' },
    },
    {
      name: 'domain-is-pure',
      comment: 'domain holds rules and ports: no Fastify, no adapters, no routes',
      severity: 'error',
      from: { path: `^${SERVICES}/src/domain/`, pathNot: isTest },
      to: {
        path: `(^${SERVICES}/src/(infra|routes|app|main|config)|node_modules/(fastify|@fastify|undici|kysely|mysql2|minio|piscina)/)`,
      },
    },
    {
      name: 'routes-use-domain-only',
      severity: 'error',
      from: { path: `^${SERVICES}/src/routes/`, pathNot: isTest },
      to: { path: `^${SERVICES}/src/(infra|main)` },
    },
    {
      name: 'infra-does-not-know-routes',
      severity: 'error',
      from: { path: `^${SERVICES}/src/infra/`, pathNot: isTest },
      to: { path: `^${SERVICES}/src/(routes|app|main)` },
    },
    {
      name: 'only-what-exports-names',
      comment: 'another package is imported by its name, never by a path into it',
      severity: 'error',
      from: { path: '^(shared|wordcloud-[a-z]+)/', pathNot: isTest },
      to: {
        path: '^shared/[a-z-]+/src/',
        pathNot: ['^shared/[a-z-]+/src/index\\.ts$', '^$1/'],
        dependencyTypes: ['local'],
      },
    },
    libraryMayImport('contracts', []),
    libraryMayImport('memberlist', []),
    libraryMayImport('telemetry', []),
    libraryMayImport('text', []),
    libraryMayImport('cloud', []),
    libraryMayImport('discovery', ['memberlist']),
    libraryMayImport('rpc', ['discovery', 'contracts', 'telemetry']),
    libraryMayImport('storage', ['telemetry']),
    libraryMayImport('service-kit', ['rpc', 'discovery', 'contracts', 'telemetry']),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js'],
    },
    doNotFollow: { path: 'node_modules' },
  },
};
