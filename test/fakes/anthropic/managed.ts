import { dreamRoutes, type DreamPlan } from './dreams';
import { managedAgentRoutes } from './managedAgents';
import type { ManagedState } from './managedState';
import { memoryStoreRoutes } from './memoryStores';
import type { RouteModule } from './types';

/** How managed dreams go at a loopback server; each has a quiet default. */
export interface ManagedPlan extends Partial<DreamPlan> {
  /** Looks until a session is idle. */
  readonly sessionLooks?: number;
}

/** Endpoints for `FakeOptions.routes`, and what is on the server because of them. */
export interface ManagedFake {
  readonly routes: RouteModule;
  readonly state: ManagedState;
  /** Everything that has not been deleted, or archived where nothing can be deleted. */
  left(): readonly string[];
}

/** Memory stores, managed sessions and dreams, as the reference of the API has them. */
export function createManagedFake(plan: ManagedPlan = {}): ManagedFake {
  const state: ManagedState = {
    stores: new Map(),
    sessions: new Map(),
    agents: new Map(),
    environments: new Map(),
    dreams: new Map(),
  };
  const dreams: DreamPlan = { dream: (files) => files, looks: 2, ...plan };
  return {
    state,
    routes: (context) => [
      ...memoryStoreRoutes(state, context),
      ...managedAgentRoutes(state, context, plan.sessionLooks ?? 1),
      ...dreamRoutes(state, context, dreams),
    ],
    left: () => [
      ...state.stores.keys(),
      ...state.sessions.keys(),
      ...state.environments.keys(),
      ...[...state.agents.values(), ...state.dreams.values()].filter(({ archived }) => !archived).map(({ id }) => id),
    ],
  };
}
