import { guardSignOut } from './sign-out.js'

/* On every page but the editor's own, which knows more. */
if (!document.getElementById('minutes-editor')) guardSignOut({})
