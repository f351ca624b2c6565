"use strict";(()=>{var Bt=Object.defineProperty;var qt=Object.getOwnPropertyDescriptor;var p=(r,s,e,t)=>{for(var i=t>1?void 0:t?qt(s,e):s,n=r.length-1,a;n>=0;n--)(a=r[n])&&(i=(t?a(s,e,i):a(i))||i);return t&&i&&Bt(s,e,i),i};/**
 * @license
 * Copyright 2019 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var ge=globalThis,$e=ge.ShadowRoot&&(ge.ShadyCSS===void 0||ge.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,Te=Symbol(),Ye=new WeakMap,ae=class{constructor(s,e,t){if(this._$cssResult$=!0,t!==Te)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=s,this.t=e}get styleSheet(){let s=this.o,e=this.t;if($e&&s===void 0){let t=e!==void 0&&e.length===1;t&&(s=Ye.get(e)),s===void 0&&((this.o=s=new CSSStyleSheet).replaceSync(this.cssText),t&&Ye.set(e,s))}return s}toString(){return this.cssText}},Je=r=>new ae(typeof r=="string"?r:r+"",void 0,Te),y=(r,...s)=>{let e=r.length===1?r[0]:s.reduce((t,i,n)=>t+(a=>{if(a._$cssResult$===!0)return a.cssText;if(typeof a=="number")return a;throw Error("Value passed to 'css' function must be a 'css' function result: "+a+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(i)+r[n+1],r[0]);return new ae(e,r,Te)},Xe=(r,s)=>{if($e)r.adoptedStyleSheets=s.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let e of s){let t=document.createElement("style"),i=ge.litNonce;i!==void 0&&t.setAttribute("nonce",i),t.textContent=e.cssText,r.appendChild(t)}},Se=$e?r=>r:r=>r instanceof CSSStyleSheet?(s=>{let e="";for(let t of s.cssRules)e+=t.cssText;return Je(e)})(r):r;/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var{is:Wt,defineProperty:Kt,getOwnPropertyDescriptor:Gt,getOwnPropertyNames:Ft,getOwnPropertySymbols:Yt,getPrototypeOf:Jt}=Object,ve=globalThis,Qe=ve.trustedTypes,Xt=Qe?Qe.emptyScript:"",Qt=ve.reactiveElementPolyfillSupport,oe=(r,s)=>r,le={toAttribute(r,s){switch(s){case Boolean:r=r?Xt:null;break;case Object:case Array:r=r==null?r:JSON.stringify(r)}return r},fromAttribute(r,s){let e=r;switch(s){case Boolean:e=r!==null;break;case Number:e=r===null?null:Number(r);break;case Object:case Array:try{e=JSON.parse(r)}catch{e=null}}return e}},be=(r,s)=>!Wt(r,s),Ze={attribute:!0,type:String,converter:le,reflect:!1,useDefault:!1,hasChanged:be};Symbol.metadata??=Symbol("metadata"),ve.litPropertyMetadata??=new WeakMap;var U=class extends HTMLElement{static addInitializer(s){this._$Ei(),(this.l??=[]).push(s)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(s,e=Ze){if(e.state&&(e.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(s)&&((e=Object.create(e)).wrapped=!0),this.elementProperties.set(s,e),!e.noAccessor){let t=Symbol(),i=this.getPropertyDescriptor(s,t,e);i!==void 0&&Kt(this.prototype,s,i)}}static getPropertyDescriptor(s,e,t){let{get:i,set:n}=Gt(this.prototype,s)??{get(){return this[e]},set(a){this[e]=a}};return{get:i,set(a){let d=i?.call(this);n?.call(this,a),this.requestUpdate(s,d,t)},configurable:!0,enumerable:!0}}static getPropertyOptions(s){return this.elementProperties.get(s)??Ze}static _$Ei(){if(this.hasOwnProperty(oe("elementProperties")))return;let s=Jt(this);s.finalize(),s.l!==void 0&&(this.l=[...s.l]),this.elementProperties=new Map(s.elementProperties)}static finalize(){if(this.hasOwnProperty(oe("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(oe("properties"))){let e=this.properties,t=[...Ft(e),...Yt(e)];for(let i of t)this.createProperty(i,e[i])}let s=this[Symbol.metadata];if(s!==null){let e=litPropertyMetadata.get(s);if(e!==void 0)for(let[t,i]of e)this.elementProperties.set(t,i)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let i=this._$Eu(e,t);i!==void 0&&this._$Eh.set(i,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(s){let e=[];if(Array.isArray(s)){let t=new Set(s.flat(1/0).reverse());for(let i of t)e.unshift(Se(i))}else s!==void 0&&e.push(Se(s));return e}static _$Eu(s,e){let t=e.attribute;return t===!1?void 0:typeof t=="string"?t:typeof s=="string"?s.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(s=>this.enableUpdating=s),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(s=>s(this))}addController(s){(this._$EO??=new Set).add(s),this.renderRoot!==void 0&&this.isConnected&&s.hostConnected?.()}removeController(s){this._$EO?.delete(s)}_$E_(){let s=new Map,e=this.constructor.elementProperties;for(let t of e.keys())this.hasOwnProperty(t)&&(s.set(t,this[t]),delete this[t]);s.size>0&&(this._$Ep=s)}createRenderRoot(){let s=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return Xe(s,this.constructor.elementStyles),s}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(s=>s.hostConnected?.())}enableUpdating(s){}disconnectedCallback(){this._$EO?.forEach(s=>s.hostDisconnected?.())}attributeChangedCallback(s,e,t){this._$AK(s,t)}_$ET(s,e){let t=this.constructor.elementProperties.get(s),i=this.constructor._$Eu(s,t);if(i!==void 0&&t.reflect===!0){let n=(t.converter?.toAttribute!==void 0?t.converter:le).toAttribute(e,t.type);this._$Em=s,n==null?this.removeAttribute(i):this.setAttribute(i,n),this._$Em=null}}_$AK(s,e){let t=this.constructor,i=t._$Eh.get(s);if(i!==void 0&&this._$Em!==i){let n=t.getPropertyOptions(i),a=typeof n.converter=="function"?{fromAttribute:n.converter}:n.converter?.fromAttribute!==void 0?n.converter:le;this._$Em=i;let d=a.fromAttribute(e,n.type);this[i]=d??this._$Ej?.get(i)??d,this._$Em=null}}requestUpdate(s,e,t,i=!1,n){if(s!==void 0){let a=this.constructor;if(i===!1&&(n=this[s]),t??=a.getPropertyOptions(s),!((t.hasChanged??be)(n,e)||t.useDefault&&t.reflect&&n===this._$Ej?.get(s)&&!this.hasAttribute(a._$Eu(s,t))))return;this.C(s,e,t)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(s,e,{useDefault:t,reflect:i,wrapped:n},a){t&&!(this._$Ej??=new Map).has(s)&&(this._$Ej.set(s,a??e??this[s]),n!==!0||a!==void 0)||(this._$AL.has(s)||(this.hasUpdated||t||(e=void 0),this._$AL.set(s,e)),i===!0&&this._$Em!==s&&(this._$Eq??=new Set).add(s))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let s=this.scheduleUpdate();return s!=null&&await s,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[i,n]of this._$Ep)this[i]=n;this._$Ep=void 0}let t=this.constructor.elementProperties;if(t.size>0)for(let[i,n]of t){let{wrapped:a}=n,d=this[i];a!==!0||this._$AL.has(i)||d===void 0||this.C(i,void 0,n,d)}}let s=!1,e=this._$AL;try{s=this.shouldUpdate(e),s?(this.willUpdate(e),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(e)):this._$EM()}catch(t){throw s=!1,this._$EM(),t}s&&this._$AE(e)}willUpdate(s){}_$AE(s){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(s)),this.updated(s)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(s){return!0}update(s){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(s){}firstUpdated(s){}};U.elementStyles=[],U.shadowRootOptions={mode:"open"},U[oe("elementProperties")]=new Map,U[oe("finalized")]=new Map,Qt?.({ReactiveElement:U}),(ve.reactiveElementVersions??=[]).push("2.1.2");/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var Ce=globalThis,Ve=r=>r,ye=Ce.trustedTypes,et=ye?ye.createPolicy("lit-html",{createHTML:r=>r}):void 0,Pe="$lit$",H=`lit$${Math.random().toFixed(9).slice(2)}$`,Me="?"+H,Zt=`<${Me}>`,K=document,ce=()=>K.createComment(""),he=r=>r===null||typeof r!="object"&&typeof r!="function",Le=Array.isArray,at=r=>Le(r)||typeof r?.[Symbol.iterator]=="function",Re=`[ 	
\f\r]`,de=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,tt=/-->/g,st=/>/g,q=RegExp(`>|${Re}(?:([^\\s"'>=/]+)(${Re}*=${Re}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),it=/'/g,nt=/"/g,ot=/^(?:script|style|textarea|title)$/i,Oe=r=>(s,...e)=>({_$litType$:r,strings:s,values:e}),o=Oe(1),E=Oe(2),As=Oe(3),S=Symbol.for("lit-noChange"),c=Symbol.for("lit-nothing"),rt=new WeakMap,W=K.createTreeWalker(K,129);function lt(r,s){if(!Le(r)||!r.hasOwnProperty("raw"))throw Error("invalid template strings array");return et!==void 0?et.createHTML(s):s}var dt=(r,s)=>{let e=r.length-1,t=[],i,n=s===2?"<svg>":s===3?"<math>":"",a=de;for(let d=0;d<e;d++){let l=r[d],h,m,u=-1,w=0;for(;w<l.length&&(a.lastIndex=w,m=a.exec(l),m!==null);)w=a.lastIndex,a===de?m[1]==="!--"?a=tt:m[1]!==void 0?a=st:m[2]!==void 0?(ot.test(m[2])&&(i=RegExp("</"+m[2],"g")),a=q):m[3]!==void 0&&(a=q):a===q?m[0]===">"?(a=i??de,u=-1):m[1]===void 0?u=-2:(u=a.lastIndex-m[2].length,h=m[1],a=m[3]===void 0?q:m[3]==='"'?nt:it):a===nt||a===it?a=q:a===tt||a===st?a=de:(a=q,i=void 0);let A=a===q&&r[d+1].startsWith("/>")?" ":"";n+=a===de?l+Zt:u>=0?(t.push(h),l.slice(0,u)+Pe+l.slice(u)+H+A):l+H+(u===-2?d:A)}return[lt(r,n+(r[e]||"<?>")+(s===2?"</svg>":s===3?"</math>":"")),t]},pe=class r{constructor({strings:s,_$litType$:e},t){let i;this.parts=[];let n=0,a=0,d=s.length-1,l=this.parts,[h,m]=dt(s,e);if(this.el=r.createElement(h,t),W.currentNode=this.el.content,e===2||e===3){let u=this.el.content.firstChild;u.replaceWith(...u.childNodes)}for(;(i=W.nextNode())!==null&&l.length<d;){if(i.nodeType===1){if(i.hasAttributes())for(let u of i.getAttributeNames())if(u.endsWith(Pe)){let w=m[a++],A=i.getAttribute(u).split(H),P=/([.?@])?(.*)/.exec(w);l.push({type:1,index:n,name:P[2],strings:A,ctor:P[1]==="."?ke:P[1]==="?"?xe:P[1]==="@"?Ee:F}),i.removeAttribute(u)}else u.startsWith(H)&&(l.push({type:6,index:n}),i.removeAttribute(u));if(ot.test(i.tagName)){let u=i.textContent.split(H),w=u.length-1;if(w>0){i.textContent=ye?ye.emptyScript:"";for(let A=0;A<w;A++)i.append(u[A],ce()),W.nextNode(),l.push({type:2,index:++n});i.append(u[w],ce())}}}else if(i.nodeType===8)if(i.data===Me)l.push({type:2,index:n});else{let u=-1;for(;(u=i.data.indexOf(H,u+1))!==-1;)l.push({type:7,index:n}),u+=H.length-1}n++}}static createElement(s,e){let t=K.createElement("template");return t.innerHTML=s,t}};function G(r,s,e=r,t){if(s===S)return s;let i=t!==void 0?e._$Co?.[t]:e._$Cl,n=he(s)?void 0:s._$litDirective$;return i?.constructor!==n&&(i?._$AO?.(!1),n===void 0?i=void 0:(i=new n(r),i._$AT(r,e,t)),t!==void 0?(e._$Co??=[])[t]=i:e._$Cl=i),i!==void 0&&(s=G(r,i._$AS(r,s.values),i,t)),s}var we=class{constructor(s,e){this._$AV=[],this._$AN=void 0,this._$AD=s,this._$AM=e}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(s){let{el:{content:e},parts:t}=this._$AD,i=(s?.creationScope??K).importNode(e,!0);W.currentNode=i;let n=W.nextNode(),a=0,d=0,l=t[0];for(;l!==void 0;){if(a===l.index){let h;l.type===2?h=new V(n,n.nextSibling,this,s):l.type===1?h=new l.ctor(n,l.name,l.strings,this,s):l.type===6&&(h=new _e(n,this,s)),this._$AV.push(h),l=t[++d]}a!==l?.index&&(n=W.nextNode(),a++)}return W.currentNode=K,i}p(s){let e=0;for(let t of this._$AV)t!==void 0&&(t.strings!==void 0?(t._$AI(s,t,e),e+=t.strings.length-2):t._$AI(s[e])),e++}},V=class r{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(s,e,t,i){this.type=2,this._$AH=c,this._$AN=void 0,this._$AA=s,this._$AB=e,this._$AM=t,this.options=i,this._$Cv=i?.isConnected??!0}get parentNode(){let s=this._$AA.parentNode,e=this._$AM;return e!==void 0&&s?.nodeType===11&&(s=e.parentNode),s}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(s,e=this){s=G(this,s,e),he(s)?s===c||s==null||s===""?(this._$AH!==c&&this._$AR(),this._$AH=c):s!==this._$AH&&s!==S&&this._(s):s._$litType$!==void 0?this.$(s):s.nodeType!==void 0?this.T(s):at(s)?this.k(s):this._(s)}O(s){return this._$AA.parentNode.insertBefore(s,this._$AB)}T(s){this._$AH!==s&&(this._$AR(),this._$AH=this.O(s))}_(s){this._$AH!==c&&he(this._$AH)?this._$AA.nextSibling.data=s:this.T(K.createTextNode(s)),this._$AH=s}$(s){let{values:e,_$litType$:t}=s,i=typeof t=="number"?this._$AC(s):(t.el===void 0&&(t.el=pe.createElement(lt(t.h,t.h[0]),this.options)),t);if(this._$AH?._$AD===i)this._$AH.p(e);else{let n=new we(i,this),a=n.u(this.options);n.p(e),this.T(a),this._$AH=n}}_$AC(s){let e=rt.get(s.strings);return e===void 0&&rt.set(s.strings,e=new pe(s)),e}k(s){Le(this._$AH)||(this._$AH=[],this._$AR());let e=this._$AH,t,i=0;for(let n of s)i===e.length?e.push(t=new r(this.O(ce()),this.O(ce()),this,this.options)):t=e[i],t._$AI(n),i++;i<e.length&&(this._$AR(t&&t._$AB.nextSibling,i),e.length=i)}_$AR(s=this._$AA.nextSibling,e){for(this._$AP?.(!1,!0,e);s!==this._$AB;){let t=Ve(s).nextSibling;Ve(s).remove(),s=t}}setConnected(s){this._$AM===void 0&&(this._$Cv=s,this._$AP?.(s))}},F=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(s,e,t,i,n){this.type=1,this._$AH=c,this._$AN=void 0,this.element=s,this.name=e,this._$AM=i,this.options=n,t.length>2||t[0]!==""||t[1]!==""?(this._$AH=Array(t.length-1).fill(new String),this.strings=t):this._$AH=c}_$AI(s,e=this,t,i){let n=this.strings,a=!1;if(n===void 0)s=G(this,s,e,0),a=!he(s)||s!==this._$AH&&s!==S,a&&(this._$AH=s);else{let d=s,l,h;for(s=n[0],l=0;l<n.length-1;l++)h=G(this,d[t+l],e,l),h===S&&(h=this._$AH[l]),a||=!he(h)||h!==this._$AH[l],h===c?s=c:s!==c&&(s+=(h??"")+n[l+1]),this._$AH[l]=h}a&&!i&&this.j(s)}j(s){s===c?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,s??"")}},ke=class extends F{constructor(){super(...arguments),this.type=3}j(s){this.element[this.name]=s===c?void 0:s}},xe=class extends F{constructor(){super(...arguments),this.type=4}j(s){this.element.toggleAttribute(this.name,!!s&&s!==c)}},Ee=class extends F{constructor(s,e,t,i,n){super(s,e,t,i,n),this.type=5}_$AI(s,e=this){if((s=G(this,s,e,0)??c)===S)return;let t=this._$AH,i=s===c&&t!==c||s.capture!==t.capture||s.once!==t.once||s.passive!==t.passive,n=s!==c&&(t===c||i);i&&this.element.removeEventListener(this.name,this,t),n&&this.element.addEventListener(this.name,this,s),this._$AH=s}handleEvent(s){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,s):this._$AH.handleEvent(s)}},_e=class{constructor(s,e,t){this.element=s,this.type=6,this._$AN=void 0,this._$AM=e,this.options=t}get _$AU(){return this._$AM._$AU}_$AI(s){G(this,s)}},ct={M:Pe,P:H,A:Me,C:1,L:dt,R:we,D:at,V:G,I:V,H:F,N:xe,U:Ee,B:ke,F:_e},Vt=Ce.litHtmlPolyfillSupport;Vt?.(pe,V),(Ce.litHtmlVersions??=[]).push("3.3.3");var ht=(r,s,e)=>{let t=e?.renderBefore??s,i=t._$litPart$;if(i===void 0){let n=e?.renderBefore??null;t._$litPart$=i=new V(s.insertBefore(ce(),n),n,void 0,e??{})}return i._$AI(r),i};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var Ne=globalThis,$=class extends U{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let s=super.createRenderRoot();return this.renderOptions.renderBefore??=s.firstChild,s}update(s){let e=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(s),this._$Do=ht(e,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return S}};$._$litElement$=!0,$.finalized=!0,Ne.litElementHydrateSupport?.({LitElement:$});var es=Ne.litElementPolyfillSupport;es?.({LitElement:$});(Ne.litElementVersions??=[]).push("4.2.2");/**
 * @license
 * Copyright 2022 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var k=r=>(s,e)=>{e!==void 0?e.addInitializer(()=>{customElements.define(r,s)}):customElements.define(r,s)};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var ts={attribute:!0,type:String,converter:le,reflect:!1,hasChanged:be},ss=(r=ts,s,e)=>{let{kind:t,metadata:i}=e,n=globalThis.litPropertyMetadata.get(i);if(n===void 0&&globalThis.litPropertyMetadata.set(i,n=new Map),t==="setter"&&((r=Object.create(r)).wrapped=!0),n.set(e.name,r),t==="accessor"){let{name:a}=e;return{set(d){let l=s.get.call(this);s.set.call(this,d),this.requestUpdate(a,l,r,!0,d)},init(d){return d!==void 0&&this.C(a,void 0,r,d),d}}}if(t==="setter"){let{name:a}=e;return function(d){let l=this[a];s.call(this,d),this.requestUpdate(a,l,r,!0,d)}}throw Error("Unsupported decorator location: "+t)};function f(r){return(s,e)=>typeof e=="object"?ss(r,s,e):((t,i,n)=>{let a=i.hasOwnProperty(n);return i.constructor.createProperty(n,t),a?Object.getOwnPropertyDescriptor(i,n):void 0})(r,s,e)}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */function b(r){return f({...r,state:!0,attribute:!1})}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var Y=(r,s,e)=>(e.configurable=!0,e.enumerable=!0,Reflect.decorate&&typeof s!="object"&&Object.defineProperty(r,s,e),e);/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */function ee(r,s){return(e,t,i)=>{let n=a=>a.renderRoot?.querySelector(r)??null;if(s){let{get:a,set:d}=typeof t=="object"?e:i??(()=>{let l=Symbol();return{get(){return this[l]},set(h){this[l]=h}}})();return Y(e,t,{get(){let l=a.call(this);return l===void 0&&(l=n(this),(l!==null||this.hasUpdated)&&d.call(this,l)),l}})}return Y(e,t,{get(){return n(this)}})}}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2021 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var _=y`
  h2 { font-size: 1rem; margin: 0 0 0.4rem; }
  h3 { font-size: 0.9rem; margin: 0.7rem 0 0.2rem; color: var(--dim); font-weight: 600; }
  p { margin: 0.2rem 0; }
  button, select, input, .button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.15rem 0.6rem; }
  button, summary, .button, select { cursor: pointer; }
  a { color: var(--accent); }
  .button { display: inline-block; }
  button:disabled { opacity: 0.4; cursor: default; }
  button.plain { border: 0; padding: 0; background: none; color: var(--accent); text-decoration: underline; text-align: left; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
  kbd { font: 12px var(--mono); border: 1px solid var(--faint); border-radius: 3px; padding: 0 0.3em; color: var(--dim); }
  .value { font: 13px/1.5 var(--mono); overflow-wrap: anywhere; }
  .dim { color: var(--dim); }
  .good { color: var(--good); }
  .bad { color: var(--bad); }
  .open { color: var(--unknown); }
  .same { color: inherit; }
  ins, del { text-decoration: none; border-radius: 2px; padding: 0 0.15em; }
  ins { background: var(--added); }
  del { background: var(--removed); text-decoration: line-through; }
  ins::before { content: "+"; }
`;var J=class extends ${constructor(){super(...arguments);this.run=[]}updated(){let e=this.renderRoot.querySelector("section > ol"),t=this.renderRoot.querySelector('[aria-current="step"]');e.scrollHeight>e.clientHeight&&(e.scrollTop=t.offsetTop-e.offsetTop-e.clientHeight/2)}render(){return o`<section aria-labelledby="run">
      <h2 id="run">The run, and where you have been</h2>
      <ol>${this.line(this.walk.root)}${this.below(this.walk.root)}</ol>
    </section>`}below(e){let t=[];for(let i=e;i.children.size>0;){let n=this.on(i)?this.run[i.run.length]:void 0,a=i.children.get(n??i.last??-1)??[...i.children.values()][0],d=[...i.children.values()].filter(l=>l!==a);t.push(...d.map(l=>o`<li><ol>${this.line(l)}${this.below(l)}</ol></li>`),this.line(a)),i=a}return t}line(e){let{length:t}=e.run,i=this.on(e)&&t===this.run.length;return o`<li>
      <button class=${this.on(e)?"":"off"} aria-current=${i?"step":"false"} @click=${()=>this.go(e)}>
        <span class="number">${t}</span><span>${t?e.said:"the start"}</span>
      </button>
    </li>`}on(e){return e.run.length<=this.run.length&&e.run.every((t,i)=>t===this.run[i])}go(e){this.dispatchEvent(new CustomEvent("go",{detail:e}))}};J.styles=[_,y`
      :host { display: block; }
      ol { list-style: none; margin: 0; padding: 0; }
      section > ol { max-height: 50vh; overflow: auto; }
      ol ol { margin-left: 0.9rem; border-left: 1px solid var(--faint); padding-left: 0.5rem; }
      button { display: grid; grid-template-columns: 2rem minmax(0, 1fr); width: 100%; border: 0; border-left: 3px solid transparent; border-radius: 0; text-align: left; padding: 0.1rem 0.3rem; overflow-wrap: anywhere; }
      button:hover { background: var(--hover); }
      button[aria-current="step"] { border-color: var(--accent); background: var(--hover); }
      .off { color: var(--dim); }
      .number { color: var(--dim); font: 12px/1.8 var(--mono); }
    `],p([f({attribute:!1})],J.prototype,"walk",2),p([f({attribute:!1})],J.prototype,"run",2),J=p([k("x-branches")],J);var Ue=class{constructor(s){let{parts:e,whole:t}=JSON.parse(s),i=[],n=a=>Array.isArray(a)?a.map(n):a===null||typeof a!="object"?a:"$"in a?i[a.$]:Object.fromEntries(Object.entries(a).map(([d,l])=>[d,n(l)]));for(let a of e)i.push(n(a));this.whole=n(t)}get setting(){return this.whole.setting}get size(){return Object.keys(this.whole.tables??this.whole.places).length}get kind(){return this.whole.tables===void 0?"system":"rule"}table(s){return this.whole.tables?.[this.typed(s)]??null}lies(s){return this.whole.lies?.[this.typed(s)]??null}typed(s){return new URLSearchParams(s.split("?")[1]).get("r")??this.whole.home}run(s){let[e,t]=s.split("?"),i=new URLSearchParams(t).get("p");return decodeURIComponent(e??"")!==(s?this.setting.name:"")?null:pt(i===null?this.whole.home:i,i===null?10:36)}has(s){return s.join(".")in this.whole.places}place(s){let e=this.whole.places[s.join(".")];if(e===void 0)return null;let{after:t}=e.trace;if(t===void 0)return e;let i=this.place(pt(t,10)).trace.moves;return{...e,trace:{...e.trace,moves:[...i,...e.trace.moves]}}}},pt=(r,s)=>r?r.split(".").map(e=>parseInt(e,s)):[],mt=document.getElementById("explored"),g=mt===null?null:new Ue(mt.textContent??"");var ut={tuple:["(",")"],set:["{","}"],bag:["[","]"],map:["{","}"]};function v(r){if("text"in r)return r.text;if("fields"in r)return`${r.name}(${r.fields.map(([,t])=>v(t)).join(", ")})`;if(r.kind==="map")return`{${r.entries.map(([t,i])=>`${v(t)}: ${v(i)}`).join(", ")}}`;let[s,e]=ut[r.kind];return`${s}${r.items.map(v).join(", ")}${r.kind==="tuple"&&r.items.length===1?",":""}${e}`}function me(r){return"text"in r?[r.text]:"fields"in r?r.fields.flatMap(([,s])=>me(s)):"entries"in r?r.entries.flat().flatMap(me):r.items.flatMap(me)}function M(r,s=null,e="new"){let t=(a,d)=>je(a.map(([l,h])=>{let m=d?.get(l)??null;return o`<span class="dim">${l.replaceAll("_"," ")}:</span> ${m===null?v(h):z(h,m,e)}`}));if(!("fields"in r)||r.fields.length===0)return s===null?v(r):z(r,s,e);let i=s!==null&&"fields"in s&&s.name===r.name?new Map(s.fields):null,n=o`${r.name}(${t(r.fields,i)})`;return s===null||i!==null?n:e==="new"?o`<ins>${n}</ins>`:o`<del>${n}</del>`}function z(r,s,e){if(s!==null&&v(r)===v(s))return o`<span class="same">${v(r)}</span>`;if(s!==null&&"fields"in r&&"fields"in s&&r.name===s.name){let t=new Map(s.fields);return o`${r.name}(${je(r.fields.map(([i,n])=>z(n,t.get(i)??null,e)))})`}if(s!==null&&"kind"in r&&"kind"in s&&r.kind===s.kind){let[t,i]=ut[r.kind];return o`${t}${je(is(r,s,e))}${i}`}return He(v(r),e)}function is(r,s,e){if("entries"in r&&"entries"in s){let i=new Map(s.entries.map(([n,a])=>[v(n),a]));return r.entries.map(([n,a])=>{let d=i.get(v(n));return d?o`${v(n)}: ${z(a,d,e)}`:He(`${v(n)}: ${v(a)}`,e)})}if(!("items"in r&&"items"in s))return[];if(r.kind==="tuple")return r.items.map((i,n)=>z(i,s.items[n]??null,e));let t=s.items.map(v);return r.items.map(i=>{let n=t.indexOf(v(i));return n<0?He(v(i),e):(t.splice(n,1),v(i))})}function He(r,s){return s==="new"?o`<ins>${r}</ins>`:o`<del>${r}</del>`}function je(r){return o`${r.map((s,e)=>o`${e>0?", ":c}${s}`)}`}var ns={"false here":"✗","true here":"✓","reached here":"✓","about whole paths":"∞"},ze="false here, where it is not promised",ft=["false here","reached here",ze,"true here","not reached here","without a case here","about whole paths"],L=class extends ${constructor(){super(...arguments);this.profiles="";this.sought=null;this.wanted=""}render(){let e=new Map(this.setting.clauses.map(n=>[n.id,n])),t=this.wanted.toLowerCase(),i=this.place.truths.flatMap(n=>{let a=e.get(n.clause);return a===void 0?[]:[{clause:a,truth:n}]}).filter(({clause:n,truth:a})=>[n.id,n.name,n.sentence,a.here].some(d=>d.toLowerCase().includes(t))).sort((n,a)=>ft.indexOf(n.truth.here)-ft.indexOf(a.truth.here));return o`<section aria-labelledby="clauses">
      <h2 id="clauses">What the clauses say here</h2>
      ${i.map(({clause:n,truth:a})=>this.row(n,a))}
      ${this.profiles?o`<p class="dim">
            Of this profile alone: <code>concordant check ${this.setting.stem}</code> judges the rule, on profiles such as these: ${this.profiles}. Of others nothing is promised, so that what is false there
            need be no mistake.
          </p>`:o`<p class="dim">Of this place alone: <code>concordant check ${this.setting.stem}</code> judges the system.</p>`}
    </section>`}row(e,t){let i=["false here","reached here",ze].includes(t.here);return o`<details data-clause=${e.id} ?open=${t.here==="false here"||this.sought?.clause===e.id}>
      <summary class="row">
        <span class=${t.tone==="open"?"dim":t.tone} aria-hidden="true">${ns[t.here]??"·"}</span>
        <span class="name">${e.name}</span>
        <span class="word ${t.tone==="open"?"dim":t.tone}">${t.here}</span>
      </summary>
      <div class="inside">
        <p>${e.sentence}</p>
        ${t.facts.length?o`<div class=${t.here==="false here"?"told":""}>${t.facts.map(n=>o`<p class="value">${n.name}: ${v(n.value)}</p>`)}</div>`:c}
        ${t.here===ze?o`<p class="dim">${this.profiles?"That is known of this rule, which does not promise it.":"Under all that may happen in this system it is not promised, so that this is no mistake."}</p>`:c}
        ${t.here==="about whole paths"?o`<p class="dim">It is about whole paths, and true or false in no one place: <code>concordant check</code> shows a lasso where it fails.</p>`:this.profiles?c:this.search(e,i)}
        ${t.ways?o`<p class="dim">${t.ways}</p>`:c}
        ${e.argument?o`<details><summary>why it holds</summary><p class="argument">${e.argument}</p></details>`:c}
        ${e.pitfalls.length?o`<p class="dim">
              Broken by
              ${e.pitfalls.map((n,a)=>o`${a?", ":""}${g===null?o`<a href="#${n}">${n}</a>`:n}`)}
            </p>`:c}
      </div>
    </details>`}search(e,t){if(g!==null)return c;let i=this.sought?.clause===e.id?this.sought.news:null,n=e.reached?"Find the nearest place where it is reached":"Find the nearest place where it is false",a=this.sought!==null&&this.sought.since!==this.place.link;return o`<div class="searching">
      ${t?c:o`<button @click=${()=>this.send("seek",e.id)} ?disabled=${i?.state==="running"}>${n}</button>`}
      ${i===null?c:o`<span>${i.says}${a&&i.state!=="running"?" (from where the search began)":""}</span>`}
      ${i?.state==="running"?o`<button @click=${()=>this.send("stop",i.id)}>Stop</button>`:c}
      ${i?.link&&i.link!==this.place.link?o`<a href="#${i.link}">go there</a>`:c}
    </div>`}send(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t}))}};L.styles=[_,y`
      :host { display: block; }
      details { border-bottom: 1px solid var(--faint); }
      details details { border: 0; }
      details details summary { display: list-item; color: var(--dim); font-size: 0.9em; }
      .row { display: grid; grid-template-columns: 1.2rem minmax(0, 1fr) fit-content(45%); gap: 0.3rem; padding: 0.2rem 0; align-items: baseline; }
      .row::-webkit-details-marker { display: none; }
      .name { overflow-wrap: anywhere; }
      .word { font-size: 0.85em; text-align: right; }
      .inside { padding: 0.1rem 0 0.6rem 1.5rem; }
      .argument { white-space: pre-line; color: var(--dim); font-size: 0.9em; }
      .told { border-left: 3px solid var(--bad); padding: 0.1rem 0.7rem; }
      .searching { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: baseline; margin: 0.3rem 0; }
    `],p([f({attribute:!1})],L.prototype,"setting",2),p([f({attribute:!1})],L.prototype,"place",2),p([f()],L.prototype,"profiles",2),p([f({attribute:!1})],L.prototype,"sought",2),p([f()],L.prototype,"wanted",2),L=p([k("x-clauses")],L);var te=class extends ${render(){let{in_flight:s,calls:e,history:t}=this.place;return o`<section aria-label="messages, calls and history">
      <h2>In flight</h2>
      ${s.length===0?o`<p class="dim">nothing</p>`:c}
      <dl>
        ${s.map(i=>o`<dt>${i.source} → ${i.to}</dt>
            <dd class="value">${i.messages.map(n=>o`<div>${v(n)}</div>`)}</dd>`)}
      </dl>
      ${e.length?o`<h2>Waiting for an answer</h2>${e.map(i=>o`<p class="value">${i.user} asks ${i.at}</p>`)}`:c}
      <details>
        <summary>What the clauses remember</summary>
        <p class="value">${M(t)}</p>
      </details>
    </section>`}};te.styles=[_,y`
      :host { display: block; }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 0.8rem; margin: 0; }
      dt { font: 600 13px/1.5 var(--mono); }
      dd { margin: 0; }
      h2:not(:first-child) { margin-top: 1rem; }
      details { margin-top: 0.8rem; }
      @media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding: 0 0 0.35rem 0.7rem; } }
    `],p([f({attribute:!1})],te.prototype,"place",2),te=p([k("x-flight")],te);var I=class extends ${constructor(){super(...arguments);this.wanted="";this.near=!1}render(){let{options:e}=this.place,t=this.wanted.toLowerCase(),i=e.filter(l=>[l.said,...l.comes].some(h=>h.toLowerCase().includes(t))),n=i.filter(l=>!l.fault),a=i.filter(l=>l.fault),d=l=>i.indexOf(l);return o`<section aria-labelledby="moves" @focusout=${()=>this.look(null)} @mouseleave=${()=>this.look(null)}>
      <h2 id="moves">What can be done</h2>
      ${e.length===0?o`<p>No move can be made: nothing more happens.</p>`:c}
      ${e.length>i.length?o`<p class="dim">${i.length} of ${e.length} fit the filter</p>`:c}
      ${rs(n).map(([l,h])=>o`<h3>${l}</h3><ul>${h.map(m=>this.move(m,d(m)))}</ul>`)}
      ${this.left(a.length>0)}
      <ul>${a.map(l=>this.move(l,d(l)))}</ul>
      <details ?open=${this.near} @toggle=${this.toggled}>
        <summary>${this.place.near.length} ${this.place.near.length===1?"move":"moves"} that cannot be made, and why not <kbd>n</kbd></summary>
        <ul>${this.place.near.map(l=>o`<li class="miss">${l.said} <span>${l.why}</span></li>`)}</ul>
      </details>
    </section>`}get buttons(){return[...this.renderRoot.querySelectorAll("button.move")]}left(e){let{left:t}=this.place;return t.length===0&&!e?c:o`<h3>
      Faults
      ${t.length?o`<span class="left">${t.map(i=>o`<span>${i.what}: ${i.left??"any number"} left</span>`)}</span>`:c}
    </h3>`}move(e,t){let i=t<9?`${t+1}`:"";return o`<li>
      <button
        class="move ${e.fault?"fault":""}"
        @click=${()=>this.take(e)}
        @mouseenter=${()=>this.look(e)}
        @focus=${()=>this.look(e)}
      >
        <span class="key">${i?o`<kbd aria-hidden="true">${i}</kbd>`:c}</span>
        <span class="said">
          ${e.said}
          <span class="comes">${e.comes.join("; ")}</span>
          ${e.says_no?o`<span class="no">${e.says_no}</span>`:c}
          ${g?.has([...this.place.run,e.number])===!1?o`<span class="no">leads beyond this page</span>`:c}
        </span>
      </button>
    </li>`}take(e){this.dispatchEvent(new CustomEvent("take",{detail:e.number}))}look(e){this.dispatchEvent(new CustomEvent("look",{detail:e}))}toggled(e){let{open:t}=e.target;t!==this.near&&this.dispatchEvent(new CustomEvent("near",{detail:t}))}};I.styles=[_,y`
      :host { display: block; }
      ul { list-style: none; margin: 0; padding: 0; }
      li { margin: 0.15rem 0; }
      button.move { display: grid; grid-template-columns: 1.6rem minmax(0, 1fr); width: 100%; text-align: left; padding: 0.25rem 0.5rem; }
      button.move:hover { background: var(--hover); }
      button.move:focus-visible { background: var(--hover); }
      .comes { display: block; color: var(--dim); font-size: 0.9em; overflow-wrap: anywhere; }
      .said { overflow-wrap: anywhere; }
      .no { display: block; color: var(--unknown); font-size: 0.9em; }
      .fault { border-style: dashed; }
      .key { align-self: start; }
      li.miss { color: var(--dim); padding-left: 0.6rem; overflow-wrap: anywhere; }
      li.miss span { display: block; font-size: 0.9em; color: var(--unknown); }
      .left { display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; font-weight: 400; }
      summary { margin-top: 0.7rem; }
    `],p([f({attribute:!1})],I.prototype,"place",2),p([f()],I.prototype,"wanted",2),p([f({type:Boolean})],I.prototype,"near",2),I=p([k("x-moves")],I);function rs(r){let s=new Map;for(let e of r)s.set(e.whose,[...s.get(e.whose)??[],e]);return[...s]}var[se,ie,Ie,ue]=[104,40,44,14],as={waiting:"·",running:"▶",done:"✓",failed:"✗",skipped:"–"},os=3.4,gt=13,X=class extends ${constructor(){super(...arguments);this.moves=0}updated(){let e=this.renderRoot.querySelector(".lanes");e!==null&&(e.scrollLeft=e.scrollWidth)}render(){let{what:e,stages:t,spans:i}=this.picture;return t.length===0&&i.length===0?c:o`<section aria-labelledby="picture">
      <h2 id="picture">${e}</h2>
      ${t.length?this.graph(t):this.timeline(i)}
    </section>`}graph(e){let t=ls(e),n=Math.max(...t.map(h=>h.length))*(ie+ue)+ue,a=t.length*(se+Ie)-Ie+8,d=new Map;t.forEach((h,m)=>h.forEach((u,w)=>d.set(u.name,[4+m*(se+Ie),(n-h.length*(ie+ue))/2+w*(ie+ue)+ue/2])));let l=e.map(h=>`${h.name}${h.after.length?` after ${h.after.join(" and ")}`:""}: ${h.stands}`).join("; ");return o`<div class="graph">
      <svg width=${a} height=${n} viewBox="0 0 ${a} ${n}" role="img" aria-label=${l}>
        <defs><marker id="to" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto" markerUnits="userSpaceOnUse"><path class="tip" d="M0 0 L8 4 L0 8 z"></path></marker></defs>
        ${e.flatMap(h=>h.after.map(m=>ds(d.get(m),d.get(h.name))))}
        ${e.map(h=>cs(h,d.get(h.name)))}
      </svg>
    </div>`}timeline(e){let t=[...new Set(e.map(i=>i.lane))];return o`<div class="lanes">
      ${t.map(i=>o`<span class="name" aria-hidden="true">${i}</span>
          <ol class="spans" aria-label=${i} .style=${`grid-template-columns: repeat(${this.moves+1}, minmax(${os}rem, 1fr))`}>
            ${e.filter(n=>n.lane===i).map(n=>this.span(n))}
          </ol>`)}
      <span class="name"></span>
      <span class="axis" aria-hidden="true"><span>start</span><span>${this.moves?`move ${this.moves}`:""}</span></span>
    </div>`}span({lane:e,first:t,last:i,holds:n}){let a=t===i?`after move ${t}`:`from move ${t} to ${i===this.moves?"now":i}`;return o`<li .style=${`grid-column: ${t+1} / ${i+2}; grid-row: 1`}>
      <button title="${n}, ${a}" aria-label="${e}: ${n}, ${a}" aria-current=${i===this.moves?"step":"false"} @click=${()=>this.go(t)}>${n}</button>
    </li>`}go(e){this.dispatchEvent(new CustomEvent("step",{detail:e,bubbles:!0,composed:!0}))}};X.styles=[_,y`
      :host { display: block; }
      .graph { overflow-x: auto; }
      svg { display: block; font: 12px/1 var(--mono); max-width: none; }
      rect { fill: var(--paper); stroke: var(--faint); stroke-width: 1.5; }
      text { fill: var(--ink); text-anchor: middle; }
      .word { fill: var(--dim); }
      path { fill: none; stroke: var(--dim); stroke-width: 1.2; }
      .tip { fill: var(--dim); stroke: none; }
      .waiting rect { stroke-dasharray: 3 3; }
      .running rect { stroke: var(--accent); stroke-width: 3; fill: var(--hover); }
      .running .word { fill: var(--accent); }
      .done rect { stroke: var(--good); fill: var(--added); }
      .done .word { fill: var(--good); }
      .failed rect { stroke: var(--bad); stroke-width: 3; fill: var(--removed); }
      .failed .word { fill: var(--bad); }
      .skipped rect { stroke: var(--unknown); stroke-dasharray: 8 3; }
      .skipped .word { fill: var(--unknown); }
      ol { list-style: none; margin: 0; padding: 0; }
      .lanes { display: grid; grid-template-columns: fit-content(8rem) auto; gap: 0.2rem 0.6rem; align-items: center; overflow-x: auto; }
      .name { font: 600 13px/1.4 var(--mono); overflow-wrap: anywhere; position: sticky; left: 0; background: var(--paper); }
      .spans { display: grid; border-left: 1px solid var(--faint); border-right: 1px solid var(--faint); background: linear-gradient(var(--faint), var(--faint)) center / 100% 1px no-repeat; }
      .spans li { min-width: 0; }
      .spans button { width: 100%; font: 12px/1.5 var(--mono); padding: 0 0.2rem; border-color: var(--accent); background: var(--hover); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-align: left; border-radius: 2px; }
      .spans button[aria-current="step"] { border-width: 2px; font-weight: 600; }
      .axis { display: flex; justify-content: space-between; color: var(--dim); font: 12px/1.4 var(--mono); }
    `],p([f({attribute:!1})],X.prototype,"picture",2),p([f({type:Number})],X.prototype,"moves",2),X=p([k("x-picture")],X);function ls(r){let s=new Map,e=new Map(r.map(n=>[n.name,n])),t=(n,a=[])=>{let d=e.get(n);if(d===void 0||a.includes(n))return-1;let l=s.get(n);if(l!==void 0)return l;let h=1+Math.max(-1,...d.after.map(m=>t(m,[...a,n])));return a.length===0&&s.set(n,h),h},i=[];for(let n of r)(i[t(n.name)]??=[]).push(n);return[...i].map(n=>n??[])}function ds(r,s){if(r===void 0||s===void 0)return c;let[e,t,i,n]=[r[0]+se,r[1]+ie/2,s[0],s[1]+ie/2],a=Math.max(20,(i-e)/2);return E`<path marker-end="url(#to)" d="M${e} ${t} C${e+a} ${t} ${i-a} ${n} ${i-1} ${n}"></path>`}function cs({name:r,stands:s},[e,t]){let i=r.length>gt?`${r.slice(0,gt-1)}…`:r;return E`<g class=${s}>
    <title>${r}: ${s}</title>
    <rect x=${e} y=${t} width=${se} height=${ie} rx="4"></rect>
    <text x=${e+se/2} y=${t+16}>${i}</text>
    <text class="word" x=${e+se/2} y=${t+32}>${as[s]??""} ${s}</text>
  </g>`}var hs=18,j=30,$t=44,D=26,ps=40,ms=36,vt=7.3,R=class extends ${constructor(){super(...arguments);this.at=0;this.labels=!1;this.only="";this.fold=!1;this.named=new Set;this.labelled=!1;this.shown=[];this.lanes=[];this.sized=new ResizeObserver(()=>this.fit())}willUpdate(){let e=({row:n})=>!this.only||n.start===this.only||n.end===this.only,t=({row:n})=>this.fold&&n.mark==="inside";this.shown=this.trace.moves.flatMap((n,a)=>e(n)&&!t(n)?[a+1]:[]);let i=new Set(this.trace.moves.filter(e).flatMap(({row:n})=>[n.start,n.end]));this.lanes=this.only?this.trace.lanes.filter(n=>i.has(n)):this.trace.lanes}render(){let{lanes:e}=this,{moves:t,left:i}=this.trace,a=this.left+e.length*this.width+(this.labelled?this.words:0),d=$t+(this.shown.length+(i.length?1.6:.8))*j,l=`Space-time diagram: ${e.length} participants, ${t.length} moves${this.shown.length<t.length?`, of which ${this.shown.length} are drawn`:""}. The list of moves says the same in words.`;return o`<svg class="heads" width=${a} height=${D} viewBox="0 0 ${a} ${D}" aria-hidden="true">
      ${e.map((h,m)=>E`<text class="head ${this.named.has(h)?"is-named":""}" x=${this.x(m)} y="18">${h}</text>`)}
    </svg>
    <svg class="rows" width=${a} height=${d-D} viewBox="0 ${D} ${a} ${d-D}" role="img" aria-label=${l}>
      <defs>
        <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse" markerUnits="userSpaceOnUse">
          <path class="tip" d="M0 0 L8 4 L0 8 z"></path>
        </marker>
      </defs>
      ${e.map((h,m)=>this.lane(h,m,d))}
      ${this.shown.map(h=>this.move(t[h-1],h,a))} ${this.folds()}
      ${i.filter(h=>!this.only||h.source===this.only||h.to===this.only).map(h=>this.waiting(h.source,h.to,h.sent,d))} ${this.loop()}
    </svg>`}get left(){return ps+(this.trace.acts===null&&this.trace.cycle===null?0:ms)}get width(){return hs+vt*Math.max(6,...this.lanes.map(e=>e.length))}get words(){return vt*Math.max(0,...this.trace.moves.map(e=>e.row.label.length))}x(e){return this.left+(e+.5)*this.width}y(e){let t=this.shown.filter(i=>i<e).length;return $t+t*j+(this.shown.includes(e)?j/2:0)}place(e){return this.lanes.indexOf(e)}folds(){if(!this.fold)return[];let e=new Map;return this.trace.moves.forEach(({row:t},i)=>{let n=this.place(t.end);if(t.mark!=="inside"||n<0||this.only&&t.end!==this.only)return;let[a,d]=[this.x(n),this.y(i+1)];e.set(`${a} ${d}`,{x:a,y:d,count:(e.get(`${a} ${d}`)?.count??0)+1})}),[...e.values()].map(({x:t,y:i,count:n})=>E`<g><title>${n} ${n===1?"step":"steps"} of its own</title><circle class="folded" cx=${t} cy=${i} r="7"></circle><text class="count" x=${t} y=${i+3.5}>${n}</text></g>`)}lane(e,t,i){let n=this.trace.moves.map((d,l)=>({mark:d.row.mark,who:d.row.end,y:this.y(l+1)})).filter(({who:d,mark:l})=>d===e&&(l==="down"||l==="up")),a=[...n.map(({y:d})=>d),i-8];return a.map((d,l)=>{let h=n[l-1]?.mark==="down";return E`<line class="lane ${h?"is-down":""}" x1=${this.x(t)} x2=${this.x(t)} y1=${a[l-1]??26} y2=${d}></line>`})}move(e,t,i){let n=this.y(t),a=t===this.at?"here":t>this.at?"later":"";return E`<g class=${a} @click=${()=>this.choose(t)}>
      <title>${t}. ${e.said}</title>
      <rect class="band" x="0" y=${n-j/2} width=${i} height=${j}></rect>
      <text class="number" x="30" y=${n+4}>${t}</text>
      ${t===this.trace.acts?E`<text class="acts" x="46" y=${n+4}>◆</text>`:c}
      ${this.drawn(e,t)}
      ${this.labelled?E`<text class="label" x=${this.left+this.lanes.length*this.width} y=${n+4}>${e.row.label}</text>`:c}
    </g>`}drawn(e,t){let{start:i,end:n,mark:a,sent:d,again:l}=e.row,h=this.x(this.place(n)),m=this.y(t);switch(a){case"inside":return E`<circle class="dot" cx=${h} cy=${m} r="4.5"></circle>`;case"down":return this.cross(h,m);case"up":return E`<path class="tip" d="M${h-6} ${m+5} L${h} ${m-6} L${h+6} ${m+5} z"></path>`;default:{let u=this.x(this.place(i)),w=d===null?m:this.y(d),A=a==="lost"?"is-lost":l?"again":d===null?"ask":"",P=(u+h)/2;if(a==="lost"){let Fe=(w+m)/2;return E`<line class="message ${A}" x1=${u} y1=${w} x2=${P} y2=${Fe}></line>${this.cross(P,Fe)}`}return u===h?E`<path class="message ${A}" marker-end="url(#tip)" d="M${h} ${w} C${h+34} ${w} ${h+34} ${m} ${h+5} ${m}"></path>`:E`<line class="message ${A}" marker-end="url(#tip)" x1=${u} y1=${w} x2=${h} y2=${m}></line>`}}}waiting(e,t,i,n){let[a,d]=[this.place(e),this.place(t)];if(i===null||a<0||d<0)return c;let[l,h,m,u]=[this.x(a),this.x(d),this.y(i),n-14],[w,A]=[l+(h-l)*.8,m+(u-m)*.8],P=this.at<this.trace.moves.length?"later":"";return E`<line class="message in-flight ${P}" x1=${l} y1=${m} x2=${w} y2=${A}></line><circle class="ring ${P}" cx=${w} cy=${A} r="4"></circle>`}loop(){let{cycle:e,moves:t}=this.trace;if(e===null||e===0)return c;let[i,n]=[this.y(t.length-e+1),this.y(t.length)];return E`<path class="repeats" marker-end="url(#tip)" d="M14 ${n} H6 V${i} H16"><title>repeated for ever</title></path>`}cross(e,t){return E`<path class="cross" d="M${e-5} ${t-5} L${e+5} ${t+5} M${e+5} ${t-5} L${e-5} ${t+5}"></path>`}connectedCallback(){super.connectedCallback(),this.sized.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.sized.disconnect()}fit(){this.labelled=this.labels&&this.left+this.lanes.length*this.width+this.words<=this.clientWidth}updated(){this.fit();let e=this.y(Math.max(1,this.at))-D;this.clientHeight>0&&this.scrollHeight>this.clientHeight&&(e-j<this.scrollTop?this.scrollTop=e-j:e+2*j+D>this.scrollTop+this.clientHeight&&(this.scrollTop=e+2*j+D-this.clientHeight))}choose(e){this.dispatchEvent(new CustomEvent("step",{detail:e,bubbles:!0,composed:!0}))}};R.styles=y`
    :host { display: block; overflow-x: auto; }
    .heads { position: sticky; top: 0; background: var(--paper); }
    svg { display: block; font: 12px/1 var(--mono); max-width: none; }
    .lane { stroke: var(--faint); stroke-width: 1; }
    .lane.is-down { stroke-dasharray: 1 5; }
    .head { fill: var(--ink); font-weight: 600; text-anchor: middle; }
    .label { fill: var(--ink); }
    .number { fill: var(--dim); text-anchor: end; }
    .message { stroke: var(--ink); stroke-width: 1.5; fill: none; }
    .ask { stroke-width: 2.5; }
    .again { stroke-dasharray: 7 3; }
    .is-lost { stroke-dasharray: 4 4; }
    .in-flight { stroke-dasharray: 1 4; stroke-linecap: round; }
    .tip, .dot { fill: var(--ink); }
    .ring { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5; }
    .cross { stroke: var(--ink); stroke-width: 2; }
    .band { fill: transparent; cursor: pointer; }
    .band:hover { fill: var(--hover); }
    .here .band { fill: var(--hover); }
    .later { opacity: 0.35; }
    .acts { fill: var(--ink); text-anchor: middle; }
    .is-named { fill: var(--bad); text-decoration: underline; }
    .folded { fill: var(--paper); stroke: var(--dim); }
    .count { fill: var(--dim); text-anchor: middle; font-size: 10px; }
    .repeats { fill: none; stroke: var(--ink); stroke-width: 1.5; }
    @media print { .later { opacity: 1; } }
  `,p([f({attribute:!1})],R.prototype,"trace",2),p([f({type:Number})],R.prototype,"at",2),p([f({type:Boolean})],R.prototype,"labels",2),p([f()],R.prototype,"only",2),p([f({type:Boolean})],R.prototype,"fold",2),p([f({attribute:!1})],R.prototype,"named",2),p([b()],R.prototype,"labelled",2),R=p([k("c-spacetime")],R);var O=class extends ${constructor(){super(...arguments);this.looked=null;this.named=new Set;this.changed=!1;this.views=!1}render(){let{processes:e}=this.place,t=this.changed?e.filter(n=>this.has(n)):e,i=e.length-t.length;return o`<section aria-labelledby="state">
      <h2 id="state">State${this.looked===null?"":o` <span class="dim">if that move were made</span>`}</h2>
      <dl>${t.map(n=>this.process(n))}</dl>
      ${i?o`<p class="dim">${i} unchanged ${i===1?"is":"are"} hidden</p>`:c}
      <div class="toggles">
        <label><input type="checkbox" .checked=${this.changed} @change=${()=>this.toggle("changed")} /> only what changed <kbd>d</kbd></label>
        <label><input type="checkbox" .checked=${this.views} @change=${()=>this.toggle("views")} /> what is seen from outside <kbd>v</kbd></label>
      </div>
    </section>`}has(e){return this.looked===null?e.before!==null:this.looked.changes.some(t=>t.who===e.who)}process(e){let t=this.looked===null?null:us(e,this.looked.changes),i=t!==null?o`${M(e.state,t,"old")} → ${M(t,e.state,"new")}`:e.before!==null&&this.looked===null?M(e.state,e.before,"new"):M(e.state),n=t!==null?"would":e.before!==null&&this.looked===null?"moved":"";return o`<dt class=${n}>
        <span class=${this.named.has(e.who)?"told":""} title=${this.named.has(e.who)?"named where a clause is false here":""}>${e.who}</span>${e.up?c:o` <span class="down">down</span>`}</dt>
      <dd class="value">
        ${i} ${this.views?o`<div class="seen">from outside: ${M(e.view)}</div>`:c}
      </dd>`}toggle(e){this.dispatchEvent(new CustomEvent("toggle",{detail:e}))}};O.styles=[_,y`
      :host { display: block; }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 0.8rem; margin: 0; }
      dt { font: 600 13px/1.5 var(--mono); padding: 0.15rem 0 0.15rem 0.5rem; border-left: 3px solid transparent; }
      dd { margin: 0; padding: 0.15rem 0; }
      dt.moved { border-color: var(--accent); }
      dt.would { border-left-style: dashed; border-color: var(--accent); }
      .told { color: var(--bad); text-decoration: underline; }
      .down { color: var(--bad); font-weight: 600; }
      .seen { color: var(--dim); }
      .toggles { display: flex; flex-wrap: wrap; gap: 0 1rem; font-size: 0.9em; color: var(--dim); }
      label { display: inline-flex; gap: 0.3rem; align-items: center; cursor: pointer; }
      @media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding: 0 0 0.35rem 0.7rem; } }
    `],p([f({attribute:!1})],O.prototype,"place",2),p([f({attribute:!1})],O.prototype,"looked",2),p([f({attribute:!1})],O.prototype,"named",2),p([f({type:Boolean})],O.prototype,"changed",2),p([f({type:Boolean})],O.prototype,"views",2),O=p([k("x-state")],O);function us(r,s){let e=s.filter(i=>i.who===r.who);if(e.length===0)return null;let t=r.state;for(let i of e)i.field===""?t=i.after:"fields"in t&&(t={...t,fields:t.fields.map(([n,a])=>[n,n===i.field?i.after:a])});return t}var C=class extends Error{constructor(e,t){super(t);this.status=e}};async function N(r,s,e={}){let t;try{t=await fetch(`${r}?${new URLSearchParams(s)}`,e)}catch{throw new C(0,"the server of this page does not answer: start concordant explore again")}let i=await t.json().catch(()=>({error:`the server answered ${t.status}`}));if(!t.ok)throw new C(t.status,i.error??`the server answered ${t.status}`);return i}var ne=r=>r?{at:r}:{},bt=async r=>g!==null?g.kind:(await N("/api/kind",ne(r))).kind,yt=async r=>{if(g===null)return N("/api/table",ne(r));let s=g.table(r);if(s===null)throw new C(404,`this page holds ${g.size} profiles, and not that one: concordant explore '${r}' goes on from here`);return s},wt=async r=>g?.lies(r)??N("/api/lies",ne(r)),De=async r=>g?.setting??N("/api/setting",ne(r)),fe=async(r,{back:s=0,take:e=null}={})=>{if(g===null)return N("/api/place",{...ne(r),...s?{back:`${s}`}:{},...e===null?{}:{take:`${e}`}});let t=g.run(r),i=t===null?null:g.place([...t.slice(0,t.length-s),...e===null?[]:[e]]);if(i===null)throw new C(404,`this page holds ${g.size} places, and not that one: concordant explore '${r}' goes on from here`);return i},kt=(r,s)=>N("/api/place",{...ne(r),wander:`${s}`}),xt=(r,s)=>N("/api/search",{at:r,clause:s},{method:"POST"}),Et=r=>N(`/api/search/${r}`,{}),Be=r=>N(`/api/search/${r}`,{},{method:"DELETE"}),_t=r=>N("/api/trace",{},{method:"POST",body:r}),At=(r,s)=>`/api/file?${new URLSearchParams({at:r,format:s})}`;var Tt=[["1 … 9","make that move"],["↑ ↓ or k j","from move to move; Enter makes it"],["← → or h l","back, and forward again"],["Home End","to the start; forward as far as you have been"],["d","only what changed"],["v","what is seen of each process from outside"],["n","what cannot be done, and why not"],["f","fold steps in which nobody hears anything"],["r","run on at random, each time otherwise"],["c","to the clauses"],["s","to the diagram"],["t","to the run and its branches"],["/","filter moves and clauses"],["y","copy the link to this place"],["?","these keys"]],St=[["e","to the first cell"],["↑ ↓ Enter","in a table: to the same column of the next row"],["Esc","out of a cell"],["g","who gains by lying here?"],["c","to the clauses"],["y","copy the link to this profile"],["?","these keys"]],Rt=[["svg","picture (SVG)","run.svg"],["itf","trace to open again (ITF)","run.itf.json"],["mermaid","Mermaid","run.mmd"],["pytest","test for an implementation","test_run.py"]],Ct=y`
  :host { display: block; max-width: 110rem; margin: 0 auto; padding: 0.8rem 1rem 3rem; }
  h1 { font-size: 1.25rem; margin: 0; overflow-wrap: anywhere; }
  header { display: flex; flex-wrap: wrap; gap: 0.3rem 1.5rem; align-items: baseline; justify-content: space-between; }
  header p { margin: 0; flex-basis: 100%; }
  select { width: 20rem; max-width: 100%; box-sizing: border-box; }
  .problem { border: 1px solid var(--bad); border-radius: 4px; padding: 0.5rem 0.8rem; margin: 0.6rem 0; overflow-wrap: anywhere; }
  .problem p { white-space: pre-line; }
  .beyond { overflow-wrap: anywhere; }
  .legend { color: var(--dim); font-size: 0.85em; }
  dialog { color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 6px; max-width: 32rem; }
  dialog dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1rem; margin: 0.5rem 0; }
  dialog dd { margin: 0; }
`,Pt=[Ct,y`
  .bar { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; padding: 0.5rem 0; margin-bottom: 0.4rem; background: var(--paper); border-bottom: 1px solid var(--faint); }
  .bar .space { flex: 1; }
  .bar input[type="search"] { width: 10rem; }
  .menu { position: relative; }
  .menu > summary { list-style: none; border: 1px solid var(--faint); border-radius: 4px; padding: 0.15rem 0.6rem; }
  .menu > summary::-webkit-details-marker { display: none; }
  .menu > div { position: absolute; right: 0; top: 110%; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.5rem 0.9rem; display: grid; gap: 0.4rem; white-space: nowrap; z-index: 2; }
  .file { position: absolute; width: 1px; height: 1px; opacity: 0; }
  .file:focus-visible + .button { outline: 2px solid var(--accent); }
  .last { border-left: 3px solid var(--accent); padding: 0.2rem 0.8rem; margin: 0.6rem 0; }
  .last .effect { color: var(--dim); }
  .told { border-left: 3px solid var(--bad); padding: 0.2rem 0.8rem; margin: 0.6rem 0; }
  .told.reached { border-color: var(--good); }
  .columns { display: grid; grid-template: "a b" auto "a c" 1fr / minmax(0, 5fr) minmax(0, 6fr); gap: 1.5rem 2rem; align-items: start; }
  .columns > div { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); }
  .a { grid-area: a; }
  .b { grid-area: b; }
  .c { grid-area: c; }
  c-spacetime { max-height: 60vh; overflow: auto; }
  .acts { border-left: 3px solid var(--unknown); padding: 0.1rem 0.8rem; margin: 0.4rem 0; font-size: 0.9em; overflow-wrap: anywhere; }
  .drawing { display: flex; flex-wrap: wrap; gap: 0.3rem 1rem; align-items: center; font-size: 0.9em; }
  .drawing select { width: auto; }
  .legend span { display: inline-block; margin-right: 1.2em; }
  @media (min-width: 100rem) { .columns { grid-template: "a b c" / minmax(0, 5fr) minmax(0, 6fr) minmax(0, 5fr); } }
  @media (max-width: 60rem) { .columns { grid-template: "a" "b" "c" / minmax(0, 1fr); } c-spacetime { max-height: 70vh; } }
  @media (max-width: 40rem) { .bar { position: static; } .menu > div { right: auto; left: 0; } .bar .space { display: none; } }
`],Mt=[Ct,y`
  .bar { display: flex; flex-wrap: wrap; gap: 0.4rem; padding: 0.5rem 0; margin-bottom: 0.6rem; border-bottom: 1px solid var(--faint); }
  .main { border-color: var(--accent); }
  .columns { display: grid; grid-template: "a c" / minmax(0, 6fr) minmax(0, 5fr); gap: 1.5rem 2rem; align-items: start; }
  .a { grid-area: a; display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); }
  .c { grid-area: c; }
  .came > div { border-left: 3px solid var(--accent); padding: 0.2rem 0.8rem; }
  .beside { color: var(--dim); }
  .beside.differs { color: inherit; border-left: 3px solid var(--unknown); padding-left: 0.6rem; }
  .wide { overflow-x: auto; }
  table { border-collapse: collapse; margin: 0.4rem 0; }
  th, td { text-align: left; padding: 0.2rem 0.9rem 0.2rem 0; border-bottom: 1px solid var(--faint); vertical-align: baseline; }
  thead th { color: var(--dim); font-size: 0.9em; }
  @media (max-width: 60rem) { .columns { grid-template: "a" "c" / minmax(0, 1fr); } }
  `];var re=class{constructor(){this.root=Lt([],"")}visit(s){let e=this.root;s.run.forEach((t,i)=>{let n=e.children.get(t);n===void 0&&(n=Lt(s.run.slice(0,i+1),s.trace.moves[i]?.said??""),e.children.set(t,n)),e.last=t,e=n}),e.link=s.link}at(s){let e=this.root;for(let t of s)e=e?.children.get(t)??null;return e}way(s){let e=s;for(;e.link===null;)e=e.children.get(e.last??[...e.children.keys()][0]);return{at:e.link,back:e.run.length-s.run.length}}forward(s){let e=this.at(s);return e===null||e.last===null?null:e.children.get(e.last)??null}end(s){let e=this.forward(s);for(let t=e;t!==null;t=this.forward(t.run))e=t;return e}};function Lt(r,s){return{run:r,said:s,link:null,children:new Map,last:null}}var fs=300,x=class extends ${constructor(){super(...arguments);this.setting=null;this.place=null;this.drawn=null;this.looked=null;this.sought=null;this.changed=!1;this.views=!1;this.near=!1;this.only="";this.fold=!1;this.wanted="";this.problem="";this.note="";this.walk=new re;this.asked=0;this.wandered=0;this.followed=async()=>{let e=location.hash.slice(1);if(this.place!==null&&e===this.place.link)return;let t=e.split("&m=")[0],i=this.setting!==null&&this.place!==null&&t===this.place.link.split("&m=")[0];await this.load(async()=>{let n=await fe(e);return i||(this.setting=await De(n.link),this.walk=new re,this.drawn=null,document.title=`${this.setting.name}: Concordant`),n})};this.key=e=>{let t=e.composedPath()[0],i=t.matches?.("input:not([type=checkbox]), select, textarea")||this.help?.open;if(e.key==="Escape"&&t.matches?.("input[type=search]")&&(this.wanted="",t.blur()),i||e.altKey||e.ctrlKey||e.metaKey||this.place===null)return;let n=this.does(e.key);n!==null&&(e.preventDefault(),n())}}connectedCallback(){super.connectedCallback(),document.addEventListener("keydown",this.key),this.followed()}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener("keydown",this.key)}async load(e){this.asked+=1;let t=this.asked;try{let i=await e();t===this.asked&&this.show(i)}catch(i){if(!(i instanceof C))throw i;this.problem=i.message}}show(e){let t=this.moves?.renderRoot.querySelector(":focus")!==null&&this.moves!==null;this.walk.visit(e),this.place=e,this.looked=null,this.problem="",this.note="";let{drawn:i}=this;(!(i!==null&&e.run.every((a,d)=>i.run[d]===a))||e.run.length===i.run.length)&&(this.drawn={run:e.run,trace:e.trace}),location.hash.slice(1)!==e.link&&history.pushState(null,"",`#${e.link}`),t&&this.updateComplete.then(()=>this.focusMove(0))}go(e){if(e===null||this.place===null)return;let{at:t,back:i}=this.walk.way(e);this.load(()=>fe(t,{back:i}))}take(e){if(this.place===null)return;let{link:t}=this.place;this.load(()=>fe(t,{take:e}))}wander(){if(this.place===null||g!==null)return;let{link:e}=this.place;this.wandered+=1;let t=this.wandered;this.load(()=>kt(e,t))}back(){this.go(this.place===null?null:this.walk.at(this.place.run.slice(0,-1)))}step(e){this.go(this.drawn===null?null:this.walk.at(this.drawn.run.slice(0,e)))}stepped(e,t){t.stopPropagation(),this.go(this.walk.at(e.run.slice(0,t.detail)))}async seek(e){if(this.place===null)return;let t=this.place.link;this.sought?.news.state==="running"&&await Be(this.sought.news.id).catch(()=>null);try{let i=await xt(t,e);for(;;){if(this.sought!==null&&this.sought.news.id!==i.id&&Number(this.sought.news.id)>Number(i.id))return;if(this.sought={clause:e,since:t,news:i},i.state!=="running")break;await new Promise(n=>setTimeout(n,fs)),i=await Et(i.id)}i.link&&this.place?.link===t&&await this.load(()=>fe(i.link)),this.note=i.says}catch(i){if(!(i instanceof C))throw i;this.problem=i.message}}async copy(){await navigator.clipboard.writeText(location.href).catch(()=>null),this.note="the link to this place is copied"}open(e){let t=e.target,i=t.files?.[0];t.value="",i!==void 0&&this.load(async()=>{let{departs:n,...a}=await _t(i);return this.setting=await De(a.link),this.walk=new re,this.drawn=null,this.updateComplete.then(()=>this.note=n===null?"as saved":`it departs from what was saved: ${n}; it is shown as far as it goes`),a})}does(e){let{run:t}=this.place;return/^[1-9]$/.test(e)?()=>this.moves?.buttons[Number(e)-1]?.click():{ArrowLeft:()=>this.back(),ArrowRight:()=>this.go(this.walk.forward(t)),ArrowUp:()=>this.nextMove(-1),ArrowDown:()=>this.nextMove(1),Home:()=>this.go(t.length?this.walk.root:null),End:()=>this.go(this.walk.end(t)),d:()=>this.changed=!this.changed,v:()=>this.views=!this.views,n:()=>this.near=!this.near,f:()=>this.fold=!this.fold,r:()=>this.wander(),c:()=>this.focusIn("x-clauses","summary"),s:()=>this.renderRoot.querySelector("c-spacetime")?.focus(),t:()=>this.focusIn("x-branches",'[aria-current="step"]'),"/":()=>this.renderRoot.querySelector("input[type=search]")?.focus(),y:()=>{this.copy()},"?":()=>this.help.showModal()}[{h:"ArrowLeft",l:"ArrowRight",k:"ArrowUp",j:"ArrowDown"}[e]??e]??null}nextMove(e){let t=this.moves?.buttons??[],i=t.findIndex(n=>n.matches(":focus"));this.focusMove(i<0?e>0?0:t.length-1:Math.max(0,Math.min(t.length-1,i+e)))}focusMove(e){this.moves?.buttons[e]?.focus()}focusIn(e,t){this.renderRoot.querySelector(e)?.renderRoot.querySelector(t)?.focus()}render(){if(this.place===null||this.setting===null)return o`<main>${this.troubled()}${this.problem?c:o`<p class="dim" role="status">Finding the run …</p>`}</main>`;let{place:e,setting:t}=this;return o`<main>
      <header>
        <h1>${t.name.split(/(?<=[._/])/).map(i=>o`${i}<wbr />`)}${t.scope?o` <span class="dim">${t.scope}</span>`:c}</h1>
        ${this.elsewhere(t)}
        <p>${t.shows}</p>
      </header>
      ${this.bar(e)} ${this.troubled()} ${this.last(e)} ${this.telling(e,t)}
      <div class="columns">
        <div class="a">
          <x-state
            .place=${e}
            .looked=${this.looked}
            .named=${Ot(e)}
            .changed=${this.changed}
            .views=${this.views}
            @toggle=${i=>i.detail==="changed"?this.changed=!this.changed:this.views=!this.views}
          ></x-state>
          <x-moves
            .place=${e}
            .wanted=${this.wanted}
            .near=${this.near}
            @take=${i=>this.take(i.detail)}
            @look=${i=>this.looked=i.detail}
            @near=${i=>this.near=i.detail}
          ></x-moves>
          <x-flight .place=${e}></x-flight>
        </div>
        <div class="b">
          ${e.picture===null?c:o`<x-picture .picture=${e.picture} .moves=${e.run.length} @step=${i=>this.stepped(e,i)}></x-picture>`}
          ${this.picture(e)}
          <x-branches .walk=${this.walk} .run=${e.run} @go=${i=>this.go(i.detail)}></x-branches>
        </div>
        <div class="c">
          <x-clauses
            .setting=${t}
            .place=${e}
            .sought=${this.sought}
            .wanted=${this.wanted}
            @seek=${i=>{this.seek(i.detail)}}
            @stop=${i=>{Be(i.detail)}}
          ></x-clauses>
        </div>
      </div>
      ${g===null?c:o`<p class="dim beyond">This page holds ${g.size} places. From here <code>concordant explore '${e.link}'</code> goes on.</p>`}
      ${this.keys()}
    </main>`}elsewhere(e){if(g!==null)return c;let t=[["scopes",e.scopes,i=>`${e.stem}?scope=${encodeURIComponent(i)}`],["situations",e.situations,i=>i],["mistakes",e.pitfalls,i=>i]];return o`<label class="dim">
      Look at
      <select @change=${this.chosen} aria-label="look at another scope, situation or mistake of ${e.stem}">
        <option value="">another scope, situation or mistake …</option>
        ${t.map(([i,n,a])=>o`<optgroup label=${i}>${n.map(d=>o`<option value=${a(d.name)} title=${d.says}>${d.name}</option>`)}</optgroup>`)}
      </select>
    </label>`}chosen(e){let t=e.target;t.value&&(location.hash=t.value),t.value=""}bar(e){let t=this.walk.forward(e.run);return o`<nav class="bar" aria-label="the run">
      <button @click=${()=>this.go(this.walk.root)} ?disabled=${e.run.length===0} aria-label="to the start">|◀</button>
      <button @click=${()=>this.back()} ?disabled=${e.run.length===0} aria-label="back">◀</button>
      <button @click=${()=>this.go(t)} ?disabled=${t===null} aria-label="forward">▶</button>
      <button @click=${()=>this.go(this.walk.end(e.run))} ?disabled=${t===null} aria-label="forward as far as you have been">▶|</button>
      <span>${e.run.length===0?"at the start":`after ${e.run.length} ${e.run.length===1?"move":"moves"}`}</span>
      <span class="space"></span>
      <input type="search" placeholder="filter" aria-label="filter moves and clauses" .value=${this.wanted} @input=${i=>this.wanted=i.target.value} />
      ${g===null?this.files(e):c}
      <button @click=${()=>this.help.showModal()} aria-label="keys">?</button>
    </nav>`}files(e){return o`<button @click=${()=>this.wander()} title="some moves at random from here, each time others">Run on at random</button>
      <button @click=${()=>{this.copy()}}>Copy link</button>
      <details class="menu">
        <summary>Save</summary>
        <div>
          ${e.run.length?Rt.map(([t,i,n])=>o`<a href=${At(e.link,t)} download=${n}>${i}</a>`):o`<span class="dim">no move has been made</span>`}
        </div>
      </details>
      <span><input class="file" id="file" type="file" accept=".json,application/json" @change=${this.open} /><label class="button" for="file">Open</label></span>`}troubled(){if(!this.problem)return c;let e=location.hash.slice(1).split("?")[0];return o`<div class="problem" role="alert">
      <p>${this.problem}</p>
      ${e&&this.place===null?o`<p><a href="#${e}" @click=${()=>this.forget()}>begin anew: ${decodeURIComponent(e)}</a></p>`:c}
    </div>`}forget(){this.problem=""}last(e){let t=e.trace.moves.at(-1);return o`<div class="last" role="status" aria-live="polite">
      ${t===void 0?o`<p>No move has been made yet.</p>`:o`<p><strong>${t.said}</strong></p>
            ${t.effects.map(i=>o`<p class="effect">${i}</p>`)} ${t.changes.map(gs)}`}
      ${this.note?o`<p class="dim">${this.note}</p>`:c}
    </div>`}telling(e,t){let i=new Map(t.clauses.map(n=>[n.id,n]));return e.truths.filter(n=>n.here==="false here").map(n=>o`<div class="told" role="status"><strong class="bad">✗ false here: ${i.get(n.clause)?.name}</strong> ${i.get(n.clause)?.sentence}</div>`)}picture(e){let{trace:t}=this.drawn??e;return o`<section aria-labelledby="picture">
      <h2 id="picture">The run as a picture</h2>
      ${t.moves.length===0?o`<p class="dim">It is drawn once a move has been made.</p>`:o`${this.drawing(t.lanes)}<c-spacetime
              tabindex="0"
              labels
              .only=${t.lanes.includes(this.only)?this.only:""}
              .fold=${this.fold}
              .named=${Ot(e)}
              .trace=${t}
              .at=${e.run.length}
              @step=${i=>this.step(i.detail)}
            ></c-spacetime>
            ${t.lasso?o`<p>${t.lasso}</p>`:c}
            ${t.instead.length?o`<div class="acts">${t.instead.map((i,n)=>o`<p>${n===0?`move ${t.acts}: ${i}`:i}</p>`)}</div>`:c}
            <p class="legend">${t.legend.map(i=>o`<span>${i}</span>`)}</p>
            ${t.notation.map(i=>o`<p class="legend">${i}</p>`)}`}
    </section>`}drawing(e){return o`<p class="drawing dim">
      <select aria-label="whose moves are drawn" .value=${this.only} @change=${t=>this.only=t.target.value}>
        <option value="">all moves</option>
        ${e.map(t=>o`<option value=${t} ?selected=${t===this.only}>moves of ${t} and what it hears</option>`)}
      </select>
      <label><input type="checkbox" .checked=${this.fold} @change=${()=>this.fold=!this.fold} /> fold steps of their own <kbd>f</kbd></label>
    </p>`}keys(){return o`<dialog aria-labelledby="keys" @click=${e=>e.target===this.help&&this.help.close()}>
      <h2 id="keys">Keys</h2>
      <dl>${Tt.map(([e,t])=>o`<dt><kbd>${e}</kbd></dt><dd>${t}</dd>`)}</dl>
      <button @click=${()=>this.help.close()}>Close</button>
    </dialog>`}};x.styles=[_,Pt],p([b()],x.prototype,"setting",2),p([b()],x.prototype,"place",2),p([b()],x.prototype,"drawn",2),p([b()],x.prototype,"looked",2),p([b()],x.prototype,"sought",2),p([b()],x.prototype,"changed",2),p([b()],x.prototype,"views",2),p([b()],x.prototype,"near",2),p([b()],x.prototype,"only",2),p([b()],x.prototype,"fold",2),p([b()],x.prototype,"wanted",2),p([b()],x.prototype,"problem",2),p([b()],x.prototype,"note",2),p([ee("x-moves")],x.prototype,"moves",2),p([ee("dialog")],x.prototype,"help",2),x=p([k("x-explorer")],x);function Ot(r){let s=new Set(r.processes.map(t=>t.who)),e=r.truths.filter(t=>t.here==="false here").flatMap(t=>t.facts);return new Set(e.flatMap(t=>me(t.value)).filter(t=>s.has(t)))}function gs(r){let s=r.field?`${r.who}.${r.field}`:r.who;return o`<p class="value">${s}: ${z(r.before,r.after,"old")} → ${z(r.after,r.before,"new")}</p>`}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var Q={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Nt=r=>(...s)=>({_$litDirective$:r,values:s}),Ae=class{constructor(s){}get _$AU(){return this._$AM._$AU}_$AT(s,e,t){this._$Ct=s,this._$AM=e,this._$Ci=t}_$AS(s,e){return this.update(s,e)}update(s,e){return this.render(...e)}};/**
 * @license
 * Copyright 2020 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var{I:_n}=ct;var Ut=r=>r.strings===void 0;var $s={},Ht=(r,s=$s)=>r._$AH=s;/**
 * @license
 * Copyright 2020 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var jt=Nt(class extends Ae{constructor(r){if(super(r),r.type!==Q.PROPERTY&&r.type!==Q.ATTRIBUTE&&r.type!==Q.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!Ut(r))throw Error("`live` bindings can only contain a single expression")}render(r){return r}update(r,[s]){if(s===S||s===c)return s;let e=r.element,t=r.name;if(r.type===Q.PROPERTY){if(s===e[t])return S}else if(r.type===Q.BOOLEAN_ATTRIBUTE){if(!!s===e.hasAttribute(t))return S}else if(r.type===Q.ATTRIBUTE&&e.getAttribute(t)===s+"")return S;return Ht(r),s}});var B=class extends ${constructor(){super(...arguments);this.parts=[];this.typed=[];this.wrong="";this.last="";this.next="";this.key=e=>{let t=e.target,i={ArrowUp:-1,ArrowDown:1,Enter:e.shiftKey?-1:1}[e.key],[n,a,d]=t.dataset.where.split(" ").map(Number);i===void 0||a===void 0||t.localName==="select"&&e.key!=="Enter"||e.altKey||e.ctrlKey||e.metaKey||this.focusAt(`${n} ${a+i} ${d}`)&&e.preventDefault()}}first(){let e=[...this.renderRoot.querySelectorAll("input, select")];(e.find(t=>t.title!=="a name")??e[0])?.focus()}render(){let e=this.parts.flatMap((t,i)=>t.cell===null?[]:[{part:t,place:i,cell:t.cell}]);return o`${this.parts.map((t,i)=>t.table===null?c:this.table(t.name,t.table,i))}
      <div class="fields">
        ${e.map(({part:t,place:i,cell:n})=>o`<label>${t.name} ${this.cell(n,this.typed[i]??"",`${i}`,t.name)}</label>`)}
      </div>`}updated(e){!e.has("typed")||this.next===""||(this.focusAt(this.next),this.next="")}table(e,t,i){let n=this.typed[i]??[],a=t.keys.length>0,d=l=>t.rows[l]??t.blank;return o`<div class="wide">
        <table>
          <caption>${e}</caption>
          <thead>
            <tr>${a?o`<th scope="col"></th>`:c}${t.columns.map(l=>o`<th scope="col">${l}</th>`)}${t.most>t.least?o`<td></td>`:c}</tr>
          </thead>
          <tbody>
            ${n.map((l,h)=>o`<tr>
                ${a?o`<th scope="row">${t.keys[h]}</th>`:c}
                ${l.map((m,u)=>o`<td>${this.cell(d(h)[u],m,`${i} ${h} ${u}`,`${t.columns[u]} of ${t.keys[h]??(l[0]||`row ${h+1}`)}`)}</td>`)}
                ${t.most>t.least?o`<td><button class="away" aria-label="take away ${l[0]||`row ${h+1}`}" title="take away" @click=${()=>this.takeAway(i,h)}>✕</button></td>`:c}
              </tr>`)}
          </tbody>
        </table>
      </div>
      ${t.most>t.least?o`<button @click=${()=>this.add(i,t)} ?disabled=${n.length>=t.most}>Add a row to ${e}</button>`:c}`}cell(e,t,i,n){if(e.says==="")return o`<span class="fixed">${t}</span>`;if(e.options.length)return o`<select aria-label=${n} data-where=${i} @change=${d=>this.type(d,i)} @keydown=${this.key}>
        ${e.options.map(d=>o`<option value=${d} ?selected=${d===t}>${d||"nothing"}</option>`)}
      </select>`;let a=this.wrong!==""&&this.last===i;return o`<input
      type="text"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      size=${Math.max(7,Math.min(28,t.length+2))}
      aria-label=${n}
      aria-invalid=${a}
      title=${e.says}
      data-where=${i}
      .value=${jt(t)}
      @input=${d=>this.type(d,i)}
      @change=${()=>this.dispatchEvent(new CustomEvent("left"))}
      @keydown=${this.key}
    />`}type(e,t){let[i,n,a]=t.split(" ").map(Number),{value:d}=e.target,l=this.typed[i],h=n===void 0||typeof l=="string"?d:l.map((m,u)=>u===n?m.map((w,A)=>A===a?d:w):m);this.edit(i,h,t)}add(e,t){let i=this.typed[e],n=i.at(-1)??t.blank.map(l=>l.text),a=new Set(i.map(l=>l[0])),d=n[0]??"";for(let l=i.length;t.blank[0]?.says==="a name"&&a.has(d);l+=1)d=`${d.replace(/\d+$/,"")}${l}`;this.next=`${e} ${i.length} ${Math.min(1,n.length-1)}`,this.edit(e,[...i,[d,...n.slice(1)]],`${e} added ${i.length}`)}takeAway(e,t){let i=this.typed[e];this.next=`${e} ${Math.max(0,t-1)} 0`,this.edit(e,i.filter((n,a)=>a!==t),`${e} without ${t}`)}edit(e,t,i){this.last=i;let n=this.typed.map((a,d)=>d===e?t:a);this.dispatchEvent(new CustomEvent("edit",{detail:{typed:n,where:i}}))}focusAt(e){let t=this.renderRoot.querySelector(`[data-where="${e}"]`);return t?.focus(),t?.select?.(),t!==null}};B.styles=[_,y`
      :host { display: block; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; margin: 0.2rem 0 0.4rem; }
      caption { text-align: left; color: var(--dim); font-size: 0.9em; padding: 0.2rem 0; }
      th { text-align: left; font-size: 0.9em; color: var(--dim); font-weight: 600; padding: 0.1rem 0.6rem 0.1rem 0; }
      td { padding: 0.1rem 0.4rem 0.1rem 0; }
      input, select { font: 14px/1.5 var(--mono); }
      input[aria-invalid="true"] { border-color: var(--bad); outline-color: var(--bad); }
      td input { width: 100%; box-sizing: border-box; min-width: 5rem; }
      .fields { display: flex; flex-wrap: wrap; gap: 0.5rem 1.2rem; margin: 0.4rem 0; }
      label { display: inline-flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; color: var(--dim); font-size: 0.9em; max-width: 100%; }
      label input, label select { color: var(--ink); max-width: 100%; box-sizing: border-box; }
      .fixed { font: 13px/1.5 var(--mono); color: var(--dim); overflow-wrap: anywhere; }
      .away { border: 0; color: var(--dim); padding: 0.15rem 0.4rem; }
    `],p([f({attribute:!1})],B.prototype,"parts",2),p([f({attribute:!1})],B.prototype,"typed",2),p([f()],B.prototype,"wrong",2),B=p([k("x-sheet")],B);var We=r=>r.map(s=>s.cell!==null?s.cell.text:s.table.rows.map(e=>e.map(t=>t.text)));var vs=60,T=class extends ${constructor(){super(...arguments);this.table=null;this.typed=[];this.earlier=null;this.lies=null;this.searching=!1;this.problem="";this.note="";this.asked=0;this.timer=0;this.coming=Promise.resolve();this.typing="";this.edited="";this.followed=async()=>{let e=location.hash.slice(1);this.table!==null&&e===this.table.link||(this.edited="",await this.load(e,!0))};this.key=e=>{let t=e.composedPath()[0];if(e.altKey||e.ctrlKey||e.metaKey||this.table===null||this.help?.open||(e.key==="Escape"&&t.blur(),t.matches?.("input, select, textarea")))return;let n={g:()=>{this.search()},e:()=>this.sheet?.first(),c:()=>this.renderRoot.querySelector("x-clauses")?.shadowRoot?.querySelector("summary")?.focus(),y:()=>{this.copy()},"?":()=>this.help.showModal()}[e.key];n!==void 0&&(e.preventDefault(),n())}}connectedCallback(){super.connectedCallback(),document.addEventListener("keydown",this.key),this.followed()}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener("keydown",this.key)}async load(e,t){this.asked+=1;let i=this.asked;try{let n=await yt(e);if(i!==this.asked)return;this.earlier=this.table?.name===n.name?this.table:null,this.table=n,t&&(this.typed=We(n.parts)),this.problem="",this.note="",document.title=`${n.name}: Concordant`}catch(n){if(!(n instanceof C))throw n;i===this.asked&&(this.problem=n.message)}}edit({typed:e,where:t}){this.typed=e,this.typing=t,this.lies=null,clearTimeout(this.timer),this.timer=setTimeout(()=>this.coming=this.recompute(t),vs)}async recompute(e){clearTimeout(this.timer),this.timer=0;let{table:t}=this;t!==null&&(await this.load(`${t.link.split(/[?&][mr]=/)[0]}${t.scope?"&":"?"}r=${encodeURIComponent(JSON.stringify(this.typed))}`,!1),!(this.problem||this.table===null||location.hash.slice(1)===this.table.link)&&(e===this.edited?history.replaceState(null,"",`#${this.table.link}`):history.pushState(null,"",`#${this.table.link}`),this.edited=e))}async settle(){this.timer!==0&&(this.coming=this.recompute(this.typing)),await this.coming,!this.problem&&this.table!==null&&(this.typed=We(this.table.parts))}async search(){let{table:e}=this;if(!(e===null||!e.lies||this.searching)){this.searching=!0;try{this.lies={link:e.link,found:await wt(e.link)}}catch(t){if(!(t instanceof C))throw t;this.problem=t.message}finally{this.searching=!1}}}async copy(){await navigator.clipboard.writeText(location.href).catch(()=>null),this.note="the link to this profile is copied"}render(){let{table:e}=this;return e===null?o`<main>${this.troubled()}${this.problem?c:o`<p class="dim" role="status">Finding the rule …</p>`}</main>`:o`<main>
      <header>
        <h1>${e.name.split(/(?<=[._/])/).map(t=>o`${t}<wbr />`)}${e.scope?o` <span class="dim">${e.scope}</span>`:c}</h1>
        ${this.elsewhere(e)}
        <p>${e.title}</p>
        <p class="dim">${e.scope?o`Its rule <strong>${e.rule}</strong>, of profiles such as these: ${e.shows}.`:e.shows}</p>
      </header>
      <nav class="bar" aria-label="the profile">
        ${e.lies?o`<button class="main" @click=${()=>{this.search()}} ?disabled=${this.searching}>Who gains by lying here? <kbd aria-hidden="true">g</kbd></button>`:c}
        ${g===null?o`<button @click=${()=>{this.copy()}}>Copy link</button>`:c}
        <button @click=${()=>this.help.showModal()} aria-label="keys">?</button>
      </nav>
      ${this.troubled()} ${this.note?o`<p class="dim" role="status">${this.note}</p>`:c}
      <div class="columns">
        <div class="a">
          <section aria-labelledby="reports">
            <h2 id="reports">What is reported</h2>
            <x-sheet
              .parts=${e.parts}
              .typed=${this.typed}
              .wrong=${this.problem}
              @edit=${t=>this.edit(t.detail)}
              @left=${()=>{this.settle()}}
            ></x-sheet>
          </section>
          ${this.came(e)} ${this.gains()}
        </div>
        <div class="c">
          <x-clauses .setting=${e} .place=${e} .profiles=${e.scope?e.shows:"those of its family"}></x-clauses>
        </div>
      </div>
      ${g===null?c:o`<p class="dim beyond">This page holds ${g.size} profiles. From here <code>concordant explore '${e.link}'</code> goes on.</p>`}
      ${this.keys()}
    </main>`}came(e){let t=this.earlier!==null&&this.earlier.outcome.raised===null&&e.outcome.raised===null?this.earlier.outcome.value:null,i=e.right!==null&&Ke(e.right)!==Ke(e.outcome);return o`<section class="came" aria-labelledby="came">
      <h2 id="came">What comes of it${this.problem?o` <span class="dim">before what cannot be read was typed</span>`:c}</h2>
      <div role="status" aria-live="polite">
        ${e.outcome.raised===null?o`<p class="value">${M(e.outcome.value,t)}</p>`:o`<p class="value bad">the rule raises ${e.outcome.raised}</p>`}
        ${e.right===null?c:o`<p class="beside ${i?"differs":""}">${i?"The right rule makes of it":"The right rule makes the same of it."} ${i?o`<span class="value">${Ke(e.right)}</span>`:c}</p>`}
        ${e.truths.filter(n=>n.here==="false here").map(n=>o`<p class="bad">✗ false here: ${e.clauses.find(a=>a.id===n.clause)?.name}</p>`)}
      </div>
      ${e.notation.map(n=>o`<p class="legend">${n}</p>`)}
    </section>`}gains(){if(this.searching)return o`<p class="dim" role="status">Trying misreports …</p>`;if(this.lies===null||this.lies.link!==this.table?.link)return c;let{found:e}=this.lies,t=e.lies.filter(i=>i.pays);return o`<section aria-labelledby="gains">
      <h2 id="gains">Who gains by lying here?</h2>
      <p role="status" class=${t.length?"bad":""}>${ys(e.says)}</p>
      ${t.length?o`<div class="wide">
            <table>
              <thead><tr><th scope="col">who lies</th><th scope="col">how</th><th scope="col">honest</th><th scope="col">lying</th><th scope="col">then</th></tr></thead>
              <tbody>
                ${t.map(i=>o`<tr>
                    <th scope="row">${i.who}</th>
                    <td><a href="#${i.link}">${i.says}</a></td>
                    <td>${i.gains}</td>
                    <td><strong>${i.would_gain}</strong></td>
                    <td class="value">${v(i.lying)}</td>
                  </tr>`)}
              </tbody>
            </table>
          </div>`:c}
      ${t.length?o`<p class="dim">The numbers are what the outcome is worth to whoever lies, whose true report is the one above.</p>`:c}
    </section>`}elsewhere(e){if(g!==null)return c;let t=[["scopes",e.scopes,i=>`${e.stem}?scope=${encodeURIComponent(i)}`],["mistakes",e.pitfalls,i=>i]];return o`<label class="dim">
      Look at
      <select @change=${bs} aria-label="look at other profiles or a mistake of ${e.stem}">
        <option value="">other profiles, or a mistake …</option>
        ${t.map(([i,n,a])=>o`<optgroup label=${i}>${n.map(d=>o`<option value=${a(d.name)} title=${d.says}>${d.name}</option>`)}</optgroup>`)}
      </select>
    </label>`}troubled(){if(!this.problem)return c;let e=location.hash.slice(1).split("?")[0];return o`<div class="problem" role="alert">
      <p>${this.problem}</p>
      ${e&&this.table===null?o`<p><a href="#${e}">begin anew: ${decodeURIComponent(e)}</a></p>`:c}
    </div>`}keys(){return o`<dialog aria-labelledby="keys" @click=${e=>e.target===this.help&&this.help.close()}>
      <h2 id="keys">Keys</h2>
      <dl>${St.map(([e,t])=>o`<dt><kbd>${e}</kbd></dt><dd>${t}</dd>`)}</dl>
      <button @click=${()=>this.help.close()}>Close</button>
    </dialog>`}};T.styles=[_,Mt],p([b()],T.prototype,"table",2),p([b()],T.prototype,"typed",2),p([b()],T.prototype,"earlier",2),p([b()],T.prototype,"lies",2),p([b()],T.prototype,"searching",2),p([b()],T.prototype,"problem",2),p([b()],T.prototype,"note",2),p([ee("dialog")],T.prototype,"help",2),p([ee("x-sheet")],T.prototype,"sheet",2),T=p([k("x-rule")],T);function bs(r){let s=r.target;s.value&&(location.hash=s.value),s.value=""}var Ke=r=>r.raised===null?v(r.value):`an error: ${r.raised}`,ys=r=>`${r.charAt(0).toUpperCase()}${r.slice(1)}.`;var zt={system:"x-explorer",rule:"x-rule"},Z=null,Ge=0,It=null;async function Dt(){let r=location.hash.slice(1),s=r.split(/[?&][mpr]=/)[0];if(Z!==null&&s===It)return Z.followed();Ge+=1;let e=Ge,t=await bt(r).catch(()=>"system");if(e===Ge){if(It=s,Z?.localName===zt[t])return Z.followed();Z?.remove(),Z=document.createElement(zt[t]),document.body.append(Z)}}addEventListener("hashchange",()=>{Dt()});Dt();})();
