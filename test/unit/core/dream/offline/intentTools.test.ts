import { describe, expect, it } from 'vitest';
import { intentOf, isKnownTool } from '../../../../../src/core/dream/offline/intent';
import { parseShell } from '../../../../../src/core/dream/offline/shell';

const intentIn = (line: string) => intentOf(parseShell(line)[0]?.words ?? []);

describe('what a tool is asked for', () => {
  it.each([
    // One tool for several wishes.
    ['biome format .', 'format'],
    ['biome check .', 'lint'],
    ['prettier --write .', 'format'],
    ['black --check .', 'lint'],
    ['playwright test', 'test'],
    ['playwright install chromium', undefined],
    ['playwright', 'test'],
    ['cypress open', undefined],
    ['pre-commit run --all-files', 'lint'],
    ['pre-commit install', undefined],
    ['cmake --build build', 'build'],
    ['cmake -S . -B build', undefined],
    ['cargo check', 'typecheck'],
    ['cargo +nightly test', 'test'],
    ['cargo clean', undefined],
    ['swift package resolve', undefined],
    ['swift test', 'test'],
    ['prisma db push', 'migrate'],
    ['prisma generate', 'generate'],
    ['dotnet ef database update', 'migrate'],
    ['dotnet ef migrations add First', 'migrate'],
    ['dotnet ef dbcontext list', undefined],
    ['yarn workspace web test', 'test'],
    ['yarn workspace web eslint .', 'lint'],
    ['go', undefined],
    ['go vet ./...', 'lint'],
    ['go mod tidy', undefined],
    ['npm run', 'run'],
    ['make', undefined],
    // Of several projects.
    ['nx run-many -t build', 'build'],
    ['nx run-many --target=test', 'test'],
    ['nx test web', 'test'],
    ['xcodebuild -scheme App test', 'test'],
    // In a container.
    ['docker build .', 'build'],
    ['docker compose build', 'build'],
    ['docker compose up -d', undefined],
    ['docker run --rm app pytest', 'test'],
    ['docker run app', undefined],
    ['docker exec -e CI=1 app npm test', 'test'],
    ['docker --context remote image run x', undefined],
    // By an interpreter.
    ['python -m unittest discover', 'test'],
    ['python -m mypy src', 'typecheck'],
    ['python manage.py migrate', 'migrate'],
    ['python manage.py', undefined],
    ['php artisan test', 'test'],
    ['python', undefined],
    ['bash -c', undefined],
    ['ruby script/build.rb', 'build'],
    // By what runs packages.
    ['npx --yes eslint .', 'lint'],
    ['bunx vitest', 'test'],
    ['npm exec jest', 'test'],
    ['pnpm dlx knip', 'lint'],
    ['hatch run pytest', 'test'],
    // Only to look.
    ['eslint --version', undefined],
    ['luacheck --list', undefined],
    ['just fmt --check', 'lint'],
  ])('%s: %s', (line, intent) => {
    expect(intentIn(line)).toBe(intent);
  });
});

describe('a tool that everybody knows', () => {
  it.each([
    ['git status', true],
    ['/usr/bin/git log', true],
    ['kubectl get pods', true],
    ['zorp verify', false],
  ])('%s: %s', (line, known) => {
    expect(isKnownTool(line.split(' '))).toBe(known);
  });

  it('is none where nothing ran', () => {
    expect(isKnownTool([])).toBe(false);
  });
});
