/** The reducer that main and all windows have. */
exports.reducer = (state = { count: 0, log: [] }, { type, payload, error }) => {
  switch (type) {
    case 'add':
      return { ...state, count: state.count + payload };
    case 'note':
      return { ...state, log: [...state.log, error ? `failed: ${payload.message}` : payload] };
    case 'local':
      return { ...state, mine: payload };
    default:
      return state;
  }
};
