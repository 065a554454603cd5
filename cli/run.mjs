// The launcher was here before; what still names it comes to it.
import "./run.cjs";
