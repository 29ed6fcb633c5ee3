/**
 * The function of a component that keeps one instance per element: made at first, updated with each new data.
 * @template Data
 * @param {(root: HTMLElement, data: Data) => {update: (data: Data, send: (name: string, value: any) => void) => void, close: () => void}} create
 */
export function mounted(create) {
  /** @type {WeakMap<Node, ReturnType<typeof create>>} */
  const instances = new WeakMap();
  /** @param {{data: Data, parentElement: HTMLElement, setStateValue: (name: string, value: any) => void}} component */
  return ({ data, parentElement, setStateValue }) => {
    const instance = instances.get(parentElement) ?? create(parentElement, data);
    instances.set(parentElement, instance);
    instance.update(data, setStateValue);
    return () => {
      instance.close();
      instances.delete(parentElement);
    };
  };
}
