"use strict";(()=>{var Gt=Object.defineProperty;var Ft=Object.getOwnPropertyDescriptor;var p=(r,n,e,t)=>{for(var s=t>1?void 0:t?Ft(n,e):n,i=r.length-1,a;i>=0;i--)(a=r[i])&&(s=(t?a(n,e,s):a(s))||s);return t&&s&&Gt(n,e,s),s};/**
 * @license
 * Copyright 2019 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var ge=globalThis,$e=ge.ShadowRoot&&(ge.ShadyCSS===void 0||ge.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,Se=Symbol(),Je=new WeakMap,ae=class{constructor(n,e,t){if(this._$cssResult$=!0,t!==Se)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=n,this.t=e}get styleSheet(){let n=this.o,e=this.t;if($e&&n===void 0){let t=e!==void 0&&e.length===1;t&&(n=Je.get(e)),n===void 0&&((this.o=n=new CSSStyleSheet).replaceSync(this.cssText),t&&Je.set(e,n))}return n}toString(){return this.cssText}},Xe=r=>new ae(typeof r=="string"?r:r+"",void 0,Se),y=(r,...n)=>{let e=r.length===1?r[0]:n.reduce((t,s,i)=>t+(a=>{if(a._$cssResult$===!0)return a.cssText;if(typeof a=="number")return a;throw Error("Value passed to 'css' function must be a 'css' function result: "+a+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(s)+r[i+1],r[0]);return new ae(e,r,Se)},Qe=(r,n)=>{if($e)r.adoptedStyleSheets=n.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let e of n){let t=document.createElement("style"),s=ge.litNonce;s!==void 0&&t.setAttribute("nonce",s),t.textContent=e.cssText,r.appendChild(t)}},Re=$e?r=>r:r=>r instanceof CSSStyleSheet?(n=>{let e="";for(let t of n.cssRules)e+=t.cssText;return Xe(e)})(r):r;/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var{is:Yt,defineProperty:Jt,getOwnPropertyDescriptor:Xt,getOwnPropertyNames:Qt,getOwnPropertySymbols:Zt,getPrototypeOf:Vt}=Object,ve=globalThis,Ze=ve.trustedTypes,es=Ze?Ze.emptyScript:"",ts=ve.reactiveElementPolyfillSupport,oe=(r,n)=>r,le={toAttribute(r,n){switch(n){case Boolean:r=r?es:null;break;case Object:case Array:r=r==null?r:JSON.stringify(r)}return r},fromAttribute(r,n){let e=r;switch(n){case Boolean:e=r!==null;break;case Number:e=r===null?null:Number(r);break;case Object:case Array:try{e=JSON.parse(r)}catch{e=null}}return e}},be=(r,n)=>!Yt(r,n),Ve={attribute:!0,type:String,converter:le,reflect:!1,useDefault:!1,hasChanged:be};Symbol.metadata??=Symbol("metadata"),ve.litPropertyMetadata??=new WeakMap;var U=class extends HTMLElement{static addInitializer(n){this._$Ei(),(this.l??=[]).push(n)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(n,e=Ve){if(e.state&&(e.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(n)&&((e=Object.create(e)).wrapped=!0),this.elementProperties.set(n,e),!e.noAccessor){let t=Symbol(),s=this.getPropertyDescriptor(n,t,e);s!==void 0&&Jt(this.prototype,n,s)}}static getPropertyDescriptor(n,e,t){let{get:s,set:i}=Xt(this.prototype,n)??{get(){return this[e]},set(a){this[e]=a}};return{get:s,set(a){let l=s?.call(this);i?.call(this,a),this.requestUpdate(n,l,t)},configurable:!0,enumerable:!0}}static getPropertyOptions(n){return this.elementProperties.get(n)??Ve}static _$Ei(){if(this.hasOwnProperty(oe("elementProperties")))return;let n=Vt(this);n.finalize(),n.l!==void 0&&(this.l=[...n.l]),this.elementProperties=new Map(n.elementProperties)}static finalize(){if(this.hasOwnProperty(oe("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(oe("properties"))){let e=this.properties,t=[...Qt(e),...Zt(e)];for(let s of t)this.createProperty(s,e[s])}let n=this[Symbol.metadata];if(n!==null){let e=litPropertyMetadata.get(n);if(e!==void 0)for(let[t,s]of e)this.elementProperties.set(t,s)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let s=this._$Eu(e,t);s!==void 0&&this._$Eh.set(s,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(n){let e=[];if(Array.isArray(n)){let t=new Set(n.flat(1/0).reverse());for(let s of t)e.unshift(Re(s))}else n!==void 0&&e.push(Re(n));return e}static _$Eu(n,e){let t=e.attribute;return t===!1?void 0:typeof t=="string"?t:typeof n=="string"?n.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(n=>this.enableUpdating=n),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(n=>n(this))}addController(n){(this._$EO??=new Set).add(n),this.renderRoot!==void 0&&this.isConnected&&n.hostConnected?.()}removeController(n){this._$EO?.delete(n)}_$E_(){let n=new Map,e=this.constructor.elementProperties;for(let t of e.keys())this.hasOwnProperty(t)&&(n.set(t,this[t]),delete this[t]);n.size>0&&(this._$Ep=n)}createRenderRoot(){let n=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return Qe(n,this.constructor.elementStyles),n}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(n=>n.hostConnected?.())}enableUpdating(n){}disconnectedCallback(){this._$EO?.forEach(n=>n.hostDisconnected?.())}attributeChangedCallback(n,e,t){this._$AK(n,t)}_$ET(n,e){let t=this.constructor.elementProperties.get(n),s=this.constructor._$Eu(n,t);if(s!==void 0&&t.reflect===!0){let i=(t.converter?.toAttribute!==void 0?t.converter:le).toAttribute(e,t.type);this._$Em=n,i==null?this.removeAttribute(s):this.setAttribute(s,i),this._$Em=null}}_$AK(n,e){let t=this.constructor,s=t._$Eh.get(n);if(s!==void 0&&this._$Em!==s){let i=t.getPropertyOptions(s),a=typeof i.converter=="function"?{fromAttribute:i.converter}:i.converter?.fromAttribute!==void 0?i.converter:le;this._$Em=s;let l=a.fromAttribute(e,i.type);this[s]=l??this._$Ej?.get(s)??l,this._$Em=null}}requestUpdate(n,e,t,s=!1,i){if(n!==void 0){let a=this.constructor;if(s===!1&&(i=this[n]),t??=a.getPropertyOptions(n),!((t.hasChanged??be)(i,e)||t.useDefault&&t.reflect&&i===this._$Ej?.get(n)&&!this.hasAttribute(a._$Eu(n,t))))return;this.C(n,e,t)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(n,e,{useDefault:t,reflect:s,wrapped:i},a){t&&!(this._$Ej??=new Map).has(n)&&(this._$Ej.set(n,a??e??this[n]),i!==!0||a!==void 0)||(this._$AL.has(n)||(this.hasUpdated||t||(e=void 0),this._$AL.set(n,e)),s===!0&&this._$Em!==n&&(this._$Eq??=new Set).add(n))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let n=this.scheduleUpdate();return n!=null&&await n,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[s,i]of this._$Ep)this[s]=i;this._$Ep=void 0}let t=this.constructor.elementProperties;if(t.size>0)for(let[s,i]of t){let{wrapped:a}=i,l=this[s];a!==!0||this._$AL.has(s)||l===void 0||this.C(s,void 0,i,l)}}let n=!1,e=this._$AL;try{n=this.shouldUpdate(e),n?(this.willUpdate(e),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(e)):this._$EM()}catch(t){throw n=!1,this._$EM(),t}n&&this._$AE(e)}willUpdate(n){}_$AE(n){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(n)),this.updated(n)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(n){return!0}update(n){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(n){}firstUpdated(n){}};U.elementStyles=[],U.shadowRootOptions={mode:"open"},U[oe("elementProperties")]=new Map,U[oe("finalized")]=new Map,ts?.({ReactiveElement:U}),(ve.reactiveElementVersions??=[]).push("2.1.2");/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var Pe=globalThis,et=r=>r,ye=Pe.trustedTypes,tt=ye?ye.createPolicy("lit-html",{createHTML:r=>r}):void 0,Me="$lit$",H=`lit$${Math.random().toFixed(9).slice(2)}$`,Le="?"+H,ss=`<${Le}>`,K=document,he=()=>K.createComment(""),ce=r=>r===null||typeof r!="object"&&typeof r!="function",Oe=Array.isArray,ot=r=>Oe(r)||typeof r?.[Symbol.iterator]=="function",Ce=`[ 	
\f\r]`,de=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,st=/-->/g,nt=/>/g,q=RegExp(`>|${Ce}(?:([^\\s"'>=/]+)(${Ce}*=${Ce}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),it=/'/g,rt=/"/g,lt=/^(?:script|style|textarea|title)$/i,Ne=r=>(n,...e)=>({_$litType$:r,strings:n,values:e}),o=Ne(1),E=Ne(2),Rs=Ne(3),R=Symbol.for("lit-noChange"),h=Symbol.for("lit-nothing"),at=new WeakMap,W=K.createTreeWalker(K,129);function dt(r,n){if(!Oe(r)||!r.hasOwnProperty("raw"))throw Error("invalid template strings array");return tt!==void 0?tt.createHTML(n):n}var ht=(r,n)=>{let e=r.length-1,t=[],s,i=n===2?"<svg>":n===3?"<math>":"",a=de;for(let l=0;l<e;l++){let d=r[l],c,u,m=-1,w=0;for(;w<d.length&&(a.lastIndex=w,u=a.exec(d),u!==null);)w=a.lastIndex,a===de?u[1]==="!--"?a=st:u[1]!==void 0?a=nt:u[2]!==void 0?(lt.test(u[2])&&(s=RegExp("</"+u[2],"g")),a=q):u[3]!==void 0&&(a=q):a===q?u[0]===">"?(a=s??de,m=-1):u[1]===void 0?m=-2:(m=a.lastIndex-u[2].length,c=u[1],a=u[3]===void 0?q:u[3]==='"'?rt:it):a===rt||a===it?a=q:a===st||a===nt?a=de:(a=q,s=void 0);let T=a===q&&r[l+1].startsWith("/>")?" ":"";i+=a===de?d+ss:m>=0?(t.push(c),d.slice(0,m)+Me+d.slice(m)+H+T):d+H+(m===-2?l:T)}return[dt(r,i+(r[e]||"<?>")+(n===2?"</svg>":n===3?"</math>":"")),t]},pe=class r{constructor({strings:n,_$litType$:e},t){let s;this.parts=[];let i=0,a=0,l=n.length-1,d=this.parts,[c,u]=ht(n,e);if(this.el=r.createElement(c,t),W.currentNode=this.el.content,e===2||e===3){let m=this.el.content.firstChild;m.replaceWith(...m.childNodes)}for(;(s=W.nextNode())!==null&&d.length<l;){if(s.nodeType===1){if(s.hasAttributes())for(let m of s.getAttributeNames())if(m.endsWith(Me)){let w=u[a++],T=s.getAttribute(m).split(H),L=/([.?@])?(.*)/.exec(w);d.push({type:1,index:i,name:L[2],strings:T,ctor:L[1]==="."?ke:L[1]==="?"?xe:L[1]==="@"?Ee:F}),s.removeAttribute(m)}else m.startsWith(H)&&(d.push({type:6,index:i}),s.removeAttribute(m));if(lt.test(s.tagName)){let m=s.textContent.split(H),w=m.length-1;if(w>0){s.textContent=ye?ye.emptyScript:"";for(let T=0;T<w;T++)s.append(m[T],he()),W.nextNode(),d.push({type:2,index:++i});s.append(m[w],he())}}}else if(s.nodeType===8)if(s.data===Le)d.push({type:2,index:i});else{let m=-1;for(;(m=s.data.indexOf(H,m+1))!==-1;)d.push({type:7,index:i}),m+=H.length-1}i++}}static createElement(n,e){let t=K.createElement("template");return t.innerHTML=n,t}};function G(r,n,e=r,t){if(n===R)return n;let s=t!==void 0?e._$Co?.[t]:e._$Cl,i=ce(n)?void 0:n._$litDirective$;return s?.constructor!==i&&(s?._$AO?.(!1),i===void 0?s=void 0:(s=new i(r),s._$AT(r,e,t)),t!==void 0?(e._$Co??=[])[t]=s:e._$Cl=s),s!==void 0&&(n=G(r,s._$AS(r,n.values),s,t)),n}var we=class{constructor(n,e){this._$AV=[],this._$AN=void 0,this._$AD=n,this._$AM=e}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(n){let{el:{content:e},parts:t}=this._$AD,s=(n?.creationScope??K).importNode(e,!0);W.currentNode=s;let i=W.nextNode(),a=0,l=0,d=t[0];for(;d!==void 0;){if(a===d.index){let c;d.type===2?c=new V(i,i.nextSibling,this,n):d.type===1?c=new d.ctor(i,d.name,d.strings,this,n):d.type===6&&(c=new _e(i,this,n)),this._$AV.push(c),d=t[++l]}a!==d?.index&&(i=W.nextNode(),a++)}return W.currentNode=K,s}p(n){let e=0;for(let t of this._$AV)t!==void 0&&(t.strings!==void 0?(t._$AI(n,t,e),e+=t.strings.length-2):t._$AI(n[e])),e++}},V=class r{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(n,e,t,s){this.type=2,this._$AH=h,this._$AN=void 0,this._$AA=n,this._$AB=e,this._$AM=t,this.options=s,this._$Cv=s?.isConnected??!0}get parentNode(){let n=this._$AA.parentNode,e=this._$AM;return e!==void 0&&n?.nodeType===11&&(n=e.parentNode),n}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(n,e=this){n=G(this,n,e),ce(n)?n===h||n==null||n===""?(this._$AH!==h&&this._$AR(),this._$AH=h):n!==this._$AH&&n!==R&&this._(n):n._$litType$!==void 0?this.$(n):n.nodeType!==void 0?this.T(n):ot(n)?this.k(n):this._(n)}O(n){return this._$AA.parentNode.insertBefore(n,this._$AB)}T(n){this._$AH!==n&&(this._$AR(),this._$AH=this.O(n))}_(n){this._$AH!==h&&ce(this._$AH)?this._$AA.nextSibling.data=n:this.T(K.createTextNode(n)),this._$AH=n}$(n){let{values:e,_$litType$:t}=n,s=typeof t=="number"?this._$AC(n):(t.el===void 0&&(t.el=pe.createElement(dt(t.h,t.h[0]),this.options)),t);if(this._$AH?._$AD===s)this._$AH.p(e);else{let i=new we(s,this),a=i.u(this.options);i.p(e),this.T(a),this._$AH=i}}_$AC(n){let e=at.get(n.strings);return e===void 0&&at.set(n.strings,e=new pe(n)),e}k(n){Oe(this._$AH)||(this._$AH=[],this._$AR());let e=this._$AH,t,s=0;for(let i of n)s===e.length?e.push(t=new r(this.O(he()),this.O(he()),this,this.options)):t=e[s],t._$AI(i),s++;s<e.length&&(this._$AR(t&&t._$AB.nextSibling,s),e.length=s)}_$AR(n=this._$AA.nextSibling,e){for(this._$AP?.(!1,!0,e);n!==this._$AB;){let t=et(n).nextSibling;et(n).remove(),n=t}}setConnected(n){this._$AM===void 0&&(this._$Cv=n,this._$AP?.(n))}},F=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(n,e,t,s,i){this.type=1,this._$AH=h,this._$AN=void 0,this.element=n,this.name=e,this._$AM=s,this.options=i,t.length>2||t[0]!==""||t[1]!==""?(this._$AH=Array(t.length-1).fill(new String),this.strings=t):this._$AH=h}_$AI(n,e=this,t,s){let i=this.strings,a=!1;if(i===void 0)n=G(this,n,e,0),a=!ce(n)||n!==this._$AH&&n!==R,a&&(this._$AH=n);else{let l=n,d,c;for(n=i[0],d=0;d<i.length-1;d++)c=G(this,l[t+d],e,d),c===R&&(c=this._$AH[d]),a||=!ce(c)||c!==this._$AH[d],c===h?n=h:n!==h&&(n+=(c??"")+i[d+1]),this._$AH[d]=c}a&&!s&&this.j(n)}j(n){n===h?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,n??"")}},ke=class extends F{constructor(){super(...arguments),this.type=3}j(n){this.element[this.name]=n===h?void 0:n}},xe=class extends F{constructor(){super(...arguments),this.type=4}j(n){this.element.toggleAttribute(this.name,!!n&&n!==h)}},Ee=class extends F{constructor(n,e,t,s,i){super(n,e,t,s,i),this.type=5}_$AI(n,e=this){if((n=G(this,n,e,0)??h)===R)return;let t=this._$AH,s=n===h&&t!==h||n.capture!==t.capture||n.once!==t.once||n.passive!==t.passive,i=n!==h&&(t===h||s);s&&this.element.removeEventListener(this.name,this,t),i&&this.element.addEventListener(this.name,this,n),this._$AH=n}handleEvent(n){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,n):this._$AH.handleEvent(n)}},_e=class{constructor(n,e,t){this.element=n,this.type=6,this._$AN=void 0,this._$AM=e,this.options=t}get _$AU(){return this._$AM._$AU}_$AI(n){G(this,n)}},ct={M:Me,P:H,A:Le,C:1,L:ht,R:we,D:ot,V:G,I:V,H:F,N:xe,U:Ee,B:ke,F:_e},ns=Pe.litHtmlPolyfillSupport;ns?.(pe,V),(Pe.litHtmlVersions??=[]).push("3.3.3");var pt=(r,n,e)=>{let t=e?.renderBefore??n,s=t._$litPart$;if(s===void 0){let i=e?.renderBefore??null;t._$litPart$=s=new V(n.insertBefore(he(),i),i,void 0,e??{})}return s._$AI(r),s};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var Ue=globalThis,v=class extends U{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let n=super.createRenderRoot();return this.renderOptions.renderBefore??=n.firstChild,n}update(n){let e=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(n),this._$Do=pt(e,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return R}};v._$litElement$=!0,v.finalized=!0,Ue.litElementHydrateSupport?.({LitElement:v});var is=Ue.litElementPolyfillSupport;is?.({LitElement:v});(Ue.litElementVersions??=[]).push("4.2.2");/**
 * @license
 * Copyright 2022 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var x=r=>(n,e)=>{e!==void 0?e.addInitializer(()=>{customElements.define(r,n)}):customElements.define(r,n)};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var rs={attribute:!0,type:String,converter:le,reflect:!1,hasChanged:be},as=(r=rs,n,e)=>{let{kind:t,metadata:s}=e,i=globalThis.litPropertyMetadata.get(s);if(i===void 0&&globalThis.litPropertyMetadata.set(s,i=new Map),t==="setter"&&((r=Object.create(r)).wrapped=!0),i.set(e.name,r),t==="accessor"){let{name:a}=e;return{set(l){let d=n.get.call(this);n.set.call(this,l),this.requestUpdate(a,d,r,!0,l)},init(l){return l!==void 0&&this.C(a,void 0,r,l),l}}}if(t==="setter"){let{name:a}=e;return function(l){let d=this[a];n.call(this,l),this.requestUpdate(a,d,r,!0,l)}}throw Error("Unsupported decorator location: "+t)};function f(r){return(n,e)=>typeof e=="object"?as(r,n,e):((t,s,i)=>{let a=s.hasOwnProperty(i);return s.constructor.createProperty(i,t),a?Object.getOwnPropertyDescriptor(s,i):void 0})(r,n,e)}/**
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
 */var Y=(r,n,e)=>(e.configurable=!0,e.enumerable=!0,Reflect.decorate&&typeof n!="object"&&Object.defineProperty(r,n,e),e);/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */function ee(r,n){return(e,t,s)=>{let i=a=>a.renderRoot?.querySelector(r)??null;if(n){let{get:a,set:l}=typeof t=="object"?e:s??(()=>{let d=Symbol();return{get(){return this[d]},set(c){this[d]=c}}})();return Y(e,t,{get(){let d=a.call(this);return d===void 0&&(d=i(this),(d!==null||this.hasUpdated)&&l.call(this,d)),d}})}return Y(e,t,{get(){return i(this)}})}}/**
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
`;var J=class extends v{constructor(){super(...arguments);this.run=[]}updated(){let e=this.renderRoot.querySelector("section > ol"),t=this.renderRoot.querySelector('[aria-current="step"]');e.scrollHeight>e.clientHeight&&(e.scrollTop=t.offsetTop-e.offsetTop-e.clientHeight/2)}render(){return o`<section aria-labelledby="run">
      <h2 id="run">The run, and where you have been</h2>
      <ol>${this.line(this.walk.root)}${this.below(this.walk.root)}</ol>
    </section>`}below(e){let t=[];for(let s=e;s.children.size>0;){let i=this.on(s)?this.run[s.run.length]:void 0,a=s.children.get(i??s.last??-1)??[...s.children.values()][0],l=[...s.children.values()].filter(d=>d!==a);t.push(...l.map(d=>o`<li><ol>${this.line(d)}${this.below(d)}</ol></li>`),this.line(a)),s=a}return t}line(e){let{length:t}=e.run,s=this.on(e)&&t===this.run.length;return o`<li>
      <button class=${this.on(e)?"":"off"} aria-current=${s?"step":"false"} @click=${()=>this.go(e)}>
        <span class="number">${t}</span><span>${t?e.said:"the start"}</span>
      </button>
    </li>`}on(e){return e.run.length<=this.run.length&&e.run.every((t,s)=>t===this.run[s])}go(e){this.dispatchEvent(new CustomEvent("go",{detail:e}))}};J.styles=[_,y`
      :host { display: block; }
      ol { list-style: none; margin: 0; padding: 0; }
      section > ol { max-height: 50vh; overflow: auto; }
      ol ol { margin-left: 0.9rem; border-left: 1px solid var(--faint); padding-left: 0.5rem; }
      button { display: grid; grid-template-columns: 2rem minmax(0, 1fr); width: 100%; border: 0; border-left: 3px solid transparent; border-radius: 0; text-align: left; padding: 0.1rem 0.3rem; overflow-wrap: anywhere; }
      button:hover { background: var(--hover); }
      button[aria-current="step"] { border-color: var(--accent); background: var(--hover); }
      .off { color: var(--dim); }
      .number { color: var(--dim); font: 12px/1.8 var(--mono); }
    `],p([f({attribute:!1})],J.prototype,"walk",2),p([f({attribute:!1})],J.prototype,"run",2),J=p([x("x-branches")],J);var He=class{constructor(n){let{parts:e,whole:t}=JSON.parse(n),s=[],i=a=>Array.isArray(a)?a.map(i):a===null||typeof a!="object"?a:"$"in a?s[a.$]:Object.fromEntries(Object.entries(a).map(([l,d])=>[l,i(d)]));for(let a of e)s.push(i(a));this.whole=i(t)}get setting(){return this.whole.setting}get size(){return Object.keys(this.whole.tables??this.whole.places).length}get kind(){return this.whole.tables===void 0?"system":"rule"}table(n){return this.whole.tables?.[this.typed(n)]??null}lies(n){return this.whole.lies?.[this.typed(n)]??null}typed(n){return new URLSearchParams(n.split("?")[1]).get("r")??this.whole.home}run(n){let[e,t]=n.split("?"),s=new URLSearchParams(t).get("p");return decodeURIComponent(e??"")!==(n?this.setting.name:"")?null:ut(s===null?this.whole.home:s,s===null?10:36)}has(n){return n.join(".")in this.whole.places}place(n){let e=this.whole.places[n.join(".")];if(e===void 0)return null;let{after:t}=e.trace;if(t===void 0)return e;let s=this.place(ut(t,10)).trace.moves;return{...e,trace:{...e.trace,moves:[...s,...e.trace.moves]}}}},ut=(r,n)=>r?r.split(".").map(e=>parseInt(e,n)):[],mt=document.getElementById("explored"),g=mt===null?null:new He(mt.textContent??"");var ft={tuple:["(",")"],set:["{","}"],bag:["[","]"],map:["{","}"]};function $(r){if("text"in r)return r.text;if("fields"in r)return`${r.name}(${r.fields.map(([,t])=>$(t)).join(", ")})`;if(r.kind==="map")return`{${r.entries.map(([t,s])=>`${$(t)}: ${$(s)}`).join(", ")}}`;let[n,e]=ft[r.kind];return`${n}${r.items.map($).join(", ")}${r.kind==="tuple"&&r.items.length===1?",":""}${e}`}function ue(r){return"text"in r?[r.text]:"fields"in r?r.fields.flatMap(([,n])=>ue(n)):"entries"in r?r.entries.flat().flatMap(ue):r.items.flatMap(ue)}function O(r,n=null,e="new"){let t=(a,l)=>ze(a.map(([d,c])=>{let u=l?.get(d)??null;return o`<span class="dim">${d.replaceAll("_"," ")}:</span> ${u===null?$(c):z(c,u,e)}`}));if(!("fields"in r)||r.fields.length===0)return n===null?$(r):z(r,n,e);let s=n!==null&&"fields"in n&&n.name===r.name?new Map(n.fields):null,i=o`${r.name}(${t(r.fields,s)})`;return n===null||s!==null?i:e==="new"?o`<ins>${i}</ins>`:o`<del>${i}</del>`}function z(r,n,e){if(n!==null&&$(r)===$(n))return o`<span class="same">${$(r)}</span>`;if(n!==null&&"fields"in r&&"fields"in n&&r.name===n.name){let t=new Map(n.fields);return o`${r.name}(${ze(r.fields.map(([s,i])=>z(i,t.get(s)??null,e)))})`}if(n!==null&&"kind"in r&&"kind"in n&&r.kind===n.kind){let[t,s]=ft[r.kind];return o`${t}${ze(os(r,n,e))}${s}`}return je($(r),e)}function os(r,n,e){if("entries"in r&&"entries"in n){let s=new Map(n.entries.map(([i,a])=>[$(i),a]));return r.entries.map(([i,a])=>{let l=s.get($(i));return l?o`${$(i)}: ${z(a,l,e)}`:je(`${$(i)}: ${$(a)}`,e)})}if(!("items"in r&&"items"in n))return[];if(r.kind==="tuple")return r.items.map((s,i)=>z(s,n.items[i]??null,e));let t=n.items.map($);return r.items.map(s=>{let i=t.indexOf($(s));return i<0?je($(s),e):(t.splice(i,1),$(s))})}function je(r,n){return n==="new"?o`<ins>${r}</ins>`:o`<del>${r}</del>`}function ze(r){return o`${r.map((n,e)=>o`${e>0?", ":h}${n}`)}`}var gt={"false here":"✗","true here":"✓","reached here":"✓","about whole paths":"∞"},ls={"false here":"false","true here":"true","reached here":"reached","not reached here":"not reached","without a case here":"no case"},Ie="false here, where it is not promised",$t=["false here","reached here",Ie,"true here","not reached here","without a case here","about whole paths"],C=class extends v{constructor(){super(...arguments);this.profiles="";this.sought=null;this.explored=null;this.along=null;this.wanted=""}render(){let e=new Map(this.setting.clauses.map(i=>[i.id,i])),t=this.wanted.toLowerCase(),s=this.place.truths.flatMap(i=>{let a=e.get(i.clause);return a===void 0?[]:[{clause:a,truth:i}]}).filter(({clause:i,truth:a})=>[i.id,i.name,i.sentence,a.here].some(l=>l.toLowerCase().includes(t))).sort((i,a)=>$t.indexOf(i.truth.here)-$t.indexOf(a.truth.here));return o`<section aria-labelledby="clauses">
      <h2 id="clauses">What the clauses say here</h2>
      ${this.profiles||g!==null?h:this.everywhere()}
      ${s.map(({clause:i,truth:a})=>this.row(i,a))}
      ${this.profiles?o`<p class="dim">
            Of this profile alone: <code>concordant check ${this.setting.stem}</code> judges the rule, on profiles such as these: ${this.profiles}. Of others nothing is promised, so that what is false there
            need be no mistake.
          </p>`:o`<p class="dim">Of this place alone: <code>concordant check ${this.setting.stem}</code> judges the system.</p>`}
    </section>`}row(e,t){let s=["false here","reached here",Ie].includes(t.here);return o`<div class="clause"><details data-clause=${e.id} ?open=${t.here==="false here"||[this.sought?.clause,this.along?.clause].includes(e.id)}>
      <summary class="row">
        <span class=${t.tone==="open"?"dim":t.tone} aria-hidden="true">${gt[t.here]??"·"}</span>
        <span class="name">${e.name}</span>
        <span class="word ${t.tone==="open"?"dim":t.tone}">${t.here}</span>
      </summary>
      <div class="inside">
        <p>${e.sentence}</p>
        ${t.facts.length?o`<div class=${t.here==="false here"?"told":""}>${t.facts.map(i=>o`<p class="value">${i.name}: ${$(i.value)}</p>`)}</div>`:h}
        ${t.here===Ie?o`<p class="dim">${this.profiles?"That is known of this rule, which does not promise it.":"Under all that may happen in this system it is not promised, so that this is no mistake."}</p>`:h}
        ${t.here==="about whole paths"?o`<p class="dim">It is about whole paths, and true or false in no one place: <code>concordant check</code> shows a lasso where it fails.</p>`:this.profiles?h:o`${this.search(e,s)}${this.all(e)}`}
        ${t.ways?o`<p class="dim">${t.ways}</p>`:h}
        ${e.argument?o`<details><summary>why it holds</summary><p class="argument">${e.argument}</p></details>`:h}
        ${e.pitfalls.length?o`<p class="dim">
              Broken by
              ${e.pitfalls.map((i,a)=>o`${a?", ":""}${g===null?o`<a href="#${i}">${i}</a>`:i}`)}
            </p>`:h}
      </div>
    </details>
    ${this.known(e)}</div>`}all(e){let t=this.place.run??[],s=this.along?.clause===e.id&&t.every((i,a)=>i===this.along.run[a])?this.along:null;return g!==null||t.length===0&&s===null?h:s===null?o`<button @click=${()=>this.send("along",e.id)}>What it says along the run</button>`:o`<table>
      <caption class="dim" role="status">What it says along the run</caption>
      <thead><tr><th scope="col">after</th><th scope="col">it is</th><th scope="col">by which move, and which facts</th></tr></thead>
      <tbody>${s.rows.map((i,a)=>o`<tr aria-current=${a===t.length?"step":h}>
          <th scope="row"><button @click=${()=>this.send("step",a)} aria-label="to the place after ${a} moves">${a}</button></th>
          <td class=${i.tone==="open"?"dim":i.tone}>${gt[i.here]??"·"}&nbsp;${ls[i.here]??i.here}</td>
          <td>${a===0?"the start":s.moves[a-1]}${i.facts.map(l=>o`<p class="value">${l.name}: ${$(l.value)}</p>`)}</td>
        </tr>`)}</tbody>
    </table>`}everywhere(){let{explored:e}=this,t=e?.state==="running";return o`<div class="searching">
      <button @click=${()=>this.send("explore","")} ?disabled=${t}>Judge them everywhere <kbd aria-hidden="true">a</kbd></button>
      ${e===null?h:o`<span role="status">${e.says}</span>`}
      ${t?o`<button @click=${()=>this.send("stop",e.id)}>Stop</button>`:h}
    </div>`}known(e){let t=this.explored?.clauses.find(s=>s.clause===e.id);return t===void 0?h:o`<p class="everywhere ${t.tone==="open"?"dim":t.tone}">
      everywhere: ${t.says}${t.link&&t.link!==this.place.link?o` <a href="#${t.link}" aria-label="go to where ${e.name} is so">go there</a>`:h}
    </p>`}search(e,t){if(g!==null)return h;let s=this.sought?.clause===e.id?this.sought.news:null,i=e.reached?"Find the nearest place where it is reached":"Find the nearest place where it is false",a=this.sought!==null&&this.sought.since!==this.place.link;return o`<div class="searching">
      ${t?h:o`<button @click=${()=>this.send("seek",e.id)} ?disabled=${s?.state==="running"}>${i}</button>`}
      ${s===null?h:o`<span>${s.says}${a&&s.state!=="running"?" (from where the search began)":""}</span>`}
      ${s?.state==="running"?o`<button @click=${()=>this.send("stop",s.id)}>Stop</button>`:h}
      ${s?.link&&s.link!==this.place.link?o`<a href="#${s.link}">go there</a>`:h}
    </div>`}send(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t}))}};C.styles=[_,y`
      :host { display: block; }
      .clause { border-bottom: 1px solid var(--faint); }
      details details summary { display: list-item; color: var(--dim); font-size: 0.9em; }
      .row { display: grid; grid-template-columns: 1.2rem minmax(0, 1fr) fit-content(45%); gap: 0.3rem; padding: 0.2rem 0; align-items: baseline; }
      .row::-webkit-details-marker { display: none; }
      .name { overflow-wrap: anywhere; }
      .word { font-size: 0.85em; text-align: right; }
      .inside { padding: 0.1rem 0 0.6rem 1.5rem; }
      .everywhere { margin: 0 0 0.3rem 1.5rem; font-size: 0.85em; }
      .argument { white-space: pre-line; color: var(--dim); font-size: 0.9em; }
      .told { border-left: 3px solid var(--bad); padding: 0.1rem 0.7rem; }
      table { border-collapse: collapse; font-size: 0.85em; width: 100%; }
      caption { text-align: left; }
      th, td { text-align: left; vertical-align: top; padding: 0.15rem 0.5rem 0.15rem 0; border-bottom: 1px solid var(--faint); }
      td:last-child { overflow-wrap: anywhere; width: 99%; }
      th button { white-space: nowrap; padding: 0.1rem 0.5rem; }
      td p { margin: 0; }
      tr[aria-current] { background: var(--faint); }
      .searching { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: baseline; margin: 0.3rem 0; }
    `],p([f({attribute:!1})],C.prototype,"setting",2),p([f({attribute:!1})],C.prototype,"place",2),p([f()],C.prototype,"profiles",2),p([f({attribute:!1})],C.prototype,"sought",2),p([f({attribute:!1})],C.prototype,"explored",2),p([f({attribute:!1})],C.prototype,"along",2),p([f()],C.prototype,"wanted",2),C=p([x("x-clauses")],C);var te=class extends v{render(){let{in_flight:n,calls:e,history:t}=this.place;return o`<section aria-label="messages, calls and history">
      <h2>In flight</h2>
      ${n.length===0?o`<p class="dim">nothing</p>`:h}
      <dl>
        ${n.map(s=>o`<dt>${s.source} → ${s.to}</dt>
            <dd class="value">${s.messages.map(i=>o`<div>${$(i)}</div>`)}</dd>`)}
      </dl>
      ${e.length?o`<h2>Waiting for an answer</h2>${e.map(s=>o`<p class="value">${s.user} asks ${s.at}</p>`)}`:h}
      <details>
        <summary>What the clauses remember</summary>
        <p class="value">${O(t)}</p>
      </details>
    </section>`}};te.styles=[_,y`
      :host { display: block; }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 0.8rem; margin: 0; }
      dt { font: 600 13px/1.5 var(--mono); }
      dd { margin: 0; }
      h2:not(:first-child) { margin-top: 1rem; }
      details { margin-top: 0.8rem; }
      @media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding: 0 0 0.35rem 0.7rem; } }
    `],p([f({attribute:!1})],te.prototype,"place",2),te=p([x("x-flight")],te);var I=class extends v{constructor(){super(...arguments);this.wanted="";this.near=!1}render(){let{options:e}=this.place,t=this.wanted.toLowerCase(),s=e.filter(d=>[d.said,...d.comes].some(c=>c.toLowerCase().includes(t))),i=s.filter(d=>!d.fault),a=s.filter(d=>d.fault),l=d=>s.indexOf(d);return o`<section aria-labelledby="moves" @focusout=${()=>this.look(null)} @mouseleave=${()=>this.look(null)}>
      <h2 id="moves">What can be done</h2>
      ${e.length===0?o`<p>No move can be made: nothing more happens.</p>`:h}
      ${e.length>s.length?o`<p class="dim">${s.length} of ${e.length} fit the filter</p>`:h}
      ${ds(i).map(([d,c])=>o`<h3>${d}</h3><ul>${c.map(u=>this.move(u,l(u)))}</ul>`)}
      ${this.left(a.length>0)}
      <ul>${a.map(d=>this.move(d,l(d)))}</ul>
      <details ?open=${this.near} @toggle=${this.toggled}>
        <summary>${this.place.near.length} ${this.place.near.length===1?"move":"moves"} that cannot be made, and why not <kbd>n</kbd></summary>
        <ul>${this.place.near.map(d=>o`<li class="miss">${d.said} <span>${d.why}</span></li>`)}</ul>
      </details>
    </section>`}get buttons(){return[...this.renderRoot.querySelectorAll("button.move")]}left(e){let{left:t}=this.place;return t.length===0&&!e?h:o`<h3>
      Faults
      ${t.length?o`<span class="left">${t.map(s=>o`<span>${s.what}: ${s.left??"any number"} left</span>`)}</span>`:h}
    </h3>`}move(e,t){let s=t<9?`${t+1}`:"";return o`<li>
      <button
        class="move ${e.fault?"fault":""}"
        @click=${()=>this.take(e)}
        @mouseenter=${()=>this.look(e)}
        @focus=${()=>this.look(e)}
      >
        <span class="key">${s?o`<kbd aria-hidden="true">${s}</kbd>`:h}</span>
        <span class="said">
          ${e.said}
          <span class="comes">${e.comes.join("; ")}</span>
          ${e.says_no?o`<span class="no">${e.says_no}</span>`:h}
          ${g?.has([...this.place.run,e.number])===!1?o`<span class="no">leads beyond this page</span>`:h}
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
    `],p([f({attribute:!1})],I.prototype,"place",2),p([f()],I.prototype,"wanted",2),p([f({type:Boolean})],I.prototype,"near",2),I=p([x("x-moves")],I);function ds(r){let n=new Map;for(let e of r)n.set(e.whose,[...n.get(e.whose)??[],e]);return[...n]}var[se,ne,De,me]=[104,40,44,14],hs={waiting:"·",running:"▶",done:"✓",failed:"✗",skipped:"–"},cs=3.4,vt=13,X=class extends v{constructor(){super(...arguments);this.moves=0}updated(){let e=this.renderRoot.querySelector(".lanes");e!==null&&(e.scrollLeft=e.scrollWidth)}render(){let{what:e,stages:t,spans:s}=this.picture;return t.length===0&&s.length===0?h:o`<section aria-labelledby="picture">
      <h2 id="picture">${e}</h2>
      ${t.length?this.graph(t):this.timeline(s)}
    </section>`}graph(e){let t=ps(e),i=Math.max(...t.map(c=>c.length))*(ne+me)+me,a=t.length*(se+De)-De+8,l=new Map;t.forEach((c,u)=>c.forEach((m,w)=>l.set(m.name,[4+u*(se+De),(i-c.length*(ne+me))/2+w*(ne+me)+me/2])));let d=e.map(c=>`${c.name}${c.after.length?` after ${c.after.join(" and ")}`:""}: ${c.stands}`).join("; ");return o`<div class="graph">
      <svg width=${a} height=${i} viewBox="0 0 ${a} ${i}" role="img" aria-label=${d}>
        <defs><marker id="to" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto" markerUnits="userSpaceOnUse"><path class="tip" d="M0 0 L8 4 L0 8 z"></path></marker></defs>
        ${e.flatMap(c=>c.after.map(u=>us(l.get(u),l.get(c.name))))}
        ${e.map(c=>ms(c,l.get(c.name)))}
      </svg>
    </div>`}timeline(e){let t=[...new Set(e.map(s=>s.lane))];return o`<div class="lanes">
      ${t.map(s=>o`<span class="name" aria-hidden="true">${s}</span>
          <ol class="spans" aria-label=${s} .style=${`grid-template-columns: repeat(${this.moves+1}, minmax(${cs}rem, 1fr))`}>
            ${e.filter(i=>i.lane===s).map(i=>this.span(i))}
          </ol>`)}
      <span class="name"></span>
      <span class="axis" aria-hidden="true"><span>start</span><span>${this.moves?`move ${this.moves}`:""}</span></span>
    </div>`}span({lane:e,first:t,last:s,holds:i}){let a=t===s?`after move ${t}`:`from move ${t} to ${s===this.moves?"now":s}`;return o`<li .style=${`grid-column: ${t+1} / ${s+2}; grid-row: 1`}>
      <button title="${i}, ${a}" aria-label="${e}: ${i}, ${a}" aria-current=${s===this.moves?"step":"false"} @click=${()=>this.go(t)}>${i}</button>
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
    `],p([f({attribute:!1})],X.prototype,"picture",2),p([f({type:Number})],X.prototype,"moves",2),X=p([x("x-picture")],X);function ps(r){let n=new Map,e=new Map(r.map(i=>[i.name,i])),t=(i,a=[])=>{let l=e.get(i);if(l===void 0||a.includes(i))return-1;let d=n.get(i);if(d!==void 0)return d;let c=1+Math.max(-1,...l.after.map(u=>t(u,[...a,i])));return a.length===0&&n.set(i,c),c},s=[];for(let i of r)(s[t(i.name)]??=[]).push(i);return[...s].map(i=>i??[])}function us(r,n){if(r===void 0||n===void 0)return h;let[e,t,s,i]=[r[0]+se,r[1]+ne/2,n[0],n[1]+ne/2],a=Math.max(20,(s-e)/2);return E`<path marker-end="url(#to)" d="M${e} ${t} C${e+a} ${t} ${s-a} ${i} ${s-1} ${i}"></path>`}function ms({name:r,stands:n},[e,t]){let s=r.length>vt?`${r.slice(0,vt-1)}…`:r;return E`<g class=${n}>
    <title>${r}: ${n}</title>
    <rect x=${e} y=${t} width=${se} height=${ne} rx="4"></rect>
    <text x=${e+se/2} y=${t+16}>${s}</text>
    <text class="word" x=${e+se/2} y=${t+32}>${hs[n]??""} ${n}</text>
  </g>`}var fs=18,j=30,bt=44,D=26,gs=40,$s=36,yt=7.3,P=class extends v{constructor(){super(...arguments);this.at=0;this.labels=!1;this.only="";this.fold=!1;this.named=new Set;this.labelled=!1;this.shown=[];this.lanes=[];this.sized=new ResizeObserver(()=>this.fit())}willUpdate(){let e=({row:i})=>!this.only||i.start===this.only||i.end===this.only,t=({row:i})=>this.fold&&i.mark==="inside";this.shown=this.trace.moves.flatMap((i,a)=>e(i)&&!t(i)?[a+1]:[]);let s=new Set(this.trace.moves.filter(e).flatMap(({row:i})=>[i.start,i.end]));this.lanes=this.only?this.trace.lanes.filter(i=>s.has(i)):this.trace.lanes}render(){let{lanes:e}=this,{moves:t,left:s}=this.trace,a=this.left+e.length*this.width+(this.labelled?this.words:0),l=bt+(this.shown.length+(s.length?1.6:.8))*j,d=`Space-time diagram: ${e.length} participants, ${t.length} moves${this.shown.length<t.length?`, of which ${this.shown.length} are drawn`:""}. The list of moves says the same in words.`;return o`<svg class="heads" width=${a} height=${D} viewBox="0 0 ${a} ${D}" aria-hidden="true">
      ${e.map((c,u)=>E`<text class="head ${this.named.has(c)?"is-named":""}" x=${this.x(u)} y="18">${c}</text>`)}
    </svg>
    <svg class="rows" width=${a} height=${l-D} viewBox="0 ${D} ${a} ${l-D}" role="img" aria-label=${d}>
      <defs>
        <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse" markerUnits="userSpaceOnUse">
          <path class="tip" d="M0 0 L8 4 L0 8 z"></path>
        </marker>
      </defs>
      ${e.map((c,u)=>this.lane(c,u,l))}
      ${this.shown.map(c=>this.move(t[c-1],c,a))} ${this.folds()}
      ${s.filter(c=>!this.only||c.source===this.only||c.to===this.only).map(c=>this.waiting(c.source,c.to,c.sent,l))} ${this.loop()}
    </svg>`}get left(){return gs+(this.trace.acts===null&&this.trace.cycle===null?0:$s)}get width(){return fs+yt*Math.max(6,...this.lanes.map(e=>e.length))}get words(){return yt*Math.max(0,...this.trace.moves.map(e=>e.row.label.length))}x(e){return this.left+(e+.5)*this.width}y(e){let t=this.shown.filter(s=>s<e).length;return bt+t*j+(this.shown.includes(e)?j/2:0)}place(e){return this.lanes.indexOf(e)}folds(){if(!this.fold)return[];let e=new Map;return this.trace.moves.forEach(({row:t},s)=>{let i=this.place(t.end);if(t.mark!=="inside"||i<0||this.only&&t.end!==this.only)return;let[a,l]=[this.x(i),this.y(s+1)];e.set(`${a} ${l}`,{x:a,y:l,count:(e.get(`${a} ${l}`)?.count??0)+1})}),[...e.values()].map(({x:t,y:s,count:i})=>E`<g><title>${i} ${i===1?"step":"steps"} of its own</title><circle class="folded" cx=${t} cy=${s} r="7"></circle><text class="count" x=${t} y=${s+3.5}>${i}</text></g>`)}lane(e,t,s){let i=this.trace.moves.map((l,d)=>({mark:l.row.mark,who:l.row.end,y:this.y(d+1)})).filter(({who:l,mark:d})=>l===e&&(d==="down"||d==="up")),a=[...i.map(({y:l})=>l),s-8];return a.map((l,d)=>{let c=i[d-1]?.mark==="down";return E`<line class="lane ${c?"is-down":""}" x1=${this.x(t)} x2=${this.x(t)} y1=${a[d-1]??26} y2=${l}></line>`})}move(e,t,s){let i=this.y(t),a=t===this.at?"here":t>this.at?"later":"";return E`<g class=${a} @click=${()=>this.choose(t)}>
      <title>${t}. ${e.said}</title>
      <rect class="band" x="0" y=${i-j/2} width=${s} height=${j}></rect>
      <text class="number" x="30" y=${i+4}>${t}</text>
      ${t===this.trace.acts?E`<text class="acts" x="46" y=${i+4}>◆</text>`:h}
      ${this.drawn(e,t)}
      ${this.labelled?E`<text class="label" x=${this.left+this.lanes.length*this.width} y=${i+4}>${e.row.label}</text>`:h}
    </g>`}drawn(e,t){let{start:s,end:i,mark:a,sent:l,again:d}=e.row,c=this.x(this.place(i)),u=this.y(t);switch(a){case"inside":return E`<circle class="dot" cx=${c} cy=${u} r="4.5"></circle>`;case"down":return this.cross(c,u);case"up":return E`<path class="tip" d="M${c-6} ${u+5} L${c} ${u-6} L${c+6} ${u+5} z"></path>`;default:{let m=this.x(this.place(s)),w=l===null?u:this.y(l),T=a==="lost"?"is-lost":d?"again":l===null?"ask":"",L=(m+c)/2;if(a==="lost"){let Ye=(w+u)/2;return E`<line class="message ${T}" x1=${m} y1=${w} x2=${L} y2=${Ye}></line>${this.cross(L,Ye)}`}return m===c?E`<path class="message ${T}" marker-end="url(#tip)" d="M${c} ${w} C${c+34} ${w} ${c+34} ${u} ${c+5} ${u}"></path>`:E`<line class="message ${T}" marker-end="url(#tip)" x1=${m} y1=${w} x2=${c} y2=${u}></line>`}}}waiting(e,t,s,i){let[a,l]=[this.place(e),this.place(t)];if(s===null||a<0||l<0)return h;let[d,c,u,m]=[this.x(a),this.x(l),this.y(s),i-14],[w,T]=[d+(c-d)*.8,u+(m-u)*.8],L=this.at<this.trace.moves.length?"later":"";return E`<line class="message in-flight ${L}" x1=${d} y1=${u} x2=${w} y2=${T}></line><circle class="ring ${L}" cx=${w} cy=${T} r="4"></circle>`}loop(){let{cycle:e,moves:t}=this.trace;if(e===null||e===0)return h;let[s,i]=[this.y(t.length-e+1),this.y(t.length)];return E`<path class="repeats" marker-end="url(#tip)" d="M14 ${i} H6 V${s} H16"><title>repeated for ever</title></path>`}cross(e,t){return E`<path class="cross" d="M${e-5} ${t-5} L${e+5} ${t+5} M${e+5} ${t-5} L${e-5} ${t+5}"></path>`}connectedCallback(){super.connectedCallback(),this.sized.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.sized.disconnect()}fit(){this.labelled=this.labels&&this.left+this.lanes.length*this.width+this.words<=this.clientWidth}updated(){this.fit();let e=this.y(Math.max(1,this.at))-D;this.clientHeight>0&&this.scrollHeight>this.clientHeight&&(e-j<this.scrollTop?this.scrollTop=e-j:e+2*j+D>this.scrollTop+this.clientHeight&&(this.scrollTop=e+2*j+D-this.clientHeight))}choose(e){this.dispatchEvent(new CustomEvent("step",{detail:e,bubbles:!0,composed:!0}))}};P.styles=y`
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
  `,p([f({attribute:!1})],P.prototype,"trace",2),p([f({type:Number})],P.prototype,"at",2),p([f({type:Boolean})],P.prototype,"labels",2),p([f()],P.prototype,"only",2),p([f({type:Boolean})],P.prototype,"fold",2),p([f({attribute:!1})],P.prototype,"named",2),p([b()],P.prototype,"labelled",2),P=p([x("c-spacetime")],P);var N=class extends v{constructor(){super(...arguments);this.looked=null;this.named=new Set;this.changed=!1;this.views=!1}render(){let{processes:e}=this.place,t=this.changed?e.filter(i=>this.has(i)):e,s=e.length-t.length;return o`<section aria-labelledby="state">
      <h2 id="state">State${this.looked===null?"":o` <span class="dim">if that move were made</span>`}</h2>
      <dl>${t.map(i=>this.process(i))}</dl>
      ${s?o`<p class="dim">${s} unchanged ${s===1?"is":"are"} hidden</p>`:h}
      <div class="toggles">
        <label><input type="checkbox" .checked=${this.changed} @change=${()=>this.toggle("changed")} /> only what changed <kbd>d</kbd></label>
        <label><input type="checkbox" .checked=${this.views} @change=${()=>this.toggle("views")} /> what is seen from outside <kbd>v</kbd></label>
      </div>
    </section>`}has(e){return this.looked===null?e.before!==null:this.looked.changes.some(t=>t.who===e.who)}process(e){let t=this.looked===null?null:vs(e,this.looked.changes),s=t!==null?o`${O(e.state,t,"old")} → ${O(t,e.state,"new")}`:e.before!==null&&this.looked===null?O(e.state,e.before,"new"):O(e.state),i=t!==null?"would":e.before!==null&&this.looked===null?"moved":"";return o`<dt class=${i}>
        <span class=${this.named.has(e.who)?"told":""} title=${this.named.has(e.who)?"named where a clause is false here":""}>${e.who}</span>${e.up?h:o` <span class="down">down</span>`}</dt>
      <dd class="value">
        ${s} ${this.views?o`<div class="seen">from outside: ${O(e.view)}</div>`:h}
      </dd>`}toggle(e){this.dispatchEvent(new CustomEvent("toggle",{detail:e}))}};N.styles=[_,y`
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
    `],p([f({attribute:!1})],N.prototype,"place",2),p([f({attribute:!1})],N.prototype,"looked",2),p([f({attribute:!1})],N.prototype,"named",2),p([f({type:Boolean})],N.prototype,"changed",2),p([f({type:Boolean})],N.prototype,"views",2),N=p([x("x-state")],N);function vs(r,n){let e=n.filter(s=>s.who===r.who);if(e.length===0)return null;let t=r.state;for(let s of e)s.field===""?t=s.after:"fields"in t&&(t={...t,fields:t.fields.map(([i,a])=>[i,i===s.field?s.after:a])});return t}var A=class extends Error{constructor(e,t){super(t);this.status=e}};async function M(r,n,e={}){let t;try{t=await fetch(`${r}?${new URLSearchParams(n)}`,e)}catch{throw new A(0,"the server of this page does not answer: start concordant explore again")}let s=await t.json().catch(()=>({error:`the server answered ${t.status}`}));if(!t.ok)throw new A(t.status,s.error??`the server answered ${t.status}`);return s}var ie=r=>r?{at:r}:{},wt=async r=>g!==null?g.kind:(await M("/api/kind",ie(r))).kind,kt=async r=>{if(g===null)return M("/api/table",ie(r));let n=g.table(r);if(n===null)throw new A(404,`this page holds ${g.size} profiles, and not that one: concordant explore '${r}' goes on from here`);return n},xt=async r=>g?.lies(r)??M("/api/lies",ie(r)),Be=async r=>g?.setting??M("/api/setting",ie(r)),fe=async(r,{back:n=0,take:e=null}={})=>{if(g===null)return M("/api/place",{...ie(r),...n?{back:`${n}`}:{},...e===null?{}:{take:`${e}`}});let t=g.run(r),s=t===null?null:g.place([...t.slice(0,t.length-n),...e===null?[]:[e]]);if(s===null)throw new A(404,`this page holds ${g.size} places, and not that one: concordant explore '${r}' goes on from here`);return s},Et=(r,n)=>M("/api/along",{at:r,clause:n}),_t=(r,n)=>M("/api/place",{...ie(r),wander:`${n}`}),Tt=(r,n)=>M("/api/search",{at:r,clause:n},{method:"POST"}),At=r=>M("/api/explored",{at:r},{method:"POST"}),qe=r=>M(`/api/search/${r}`,{}),Te=r=>M(`/api/search/${r}`,{},{method:"DELETE"}),St=r=>M("/api/trace",{},{method:"POST",body:r}),Rt=(r,n)=>`/api/file?${new URLSearchParams({at:r,format:n})}`;var Ct=[["1 … 9","make that move"],["↑ ↓ or k j","from move to move; Enter makes it"],["← → or h l","back, and forward again"],["Home End","to the start; forward as far as you have been"],["d","only what changed"],["v","what is seen of each process from outside"],["n","what cannot be done, and why not"],["f","fold steps in which nobody hears anything"],["r","run on at random, each time otherwise"],["a","judge the clauses in all that can be reached"],["c","to the clauses"],["s","to the diagram"],["t","to the run and its branches"],["/","filter moves and clauses"],["y","copy the link to this place"],["?","these keys"]],Pt=[["e","to the first cell"],["↑ ↓ Enter","in a table: to the same column of the next row"],["Esc","out of a cell"],["g","who gains by lying here?"],["c","to the clauses"],["y","copy the link to this profile"],["?","these keys"]],Mt=[["svg","picture (SVG)","run.svg"],["itf","trace to open again (ITF)","run.itf.json"],["mermaid","Mermaid","run.mmd"],["pytest","test for an implementation","test_run.py"]],Lt=y`
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
`,Ot=[Lt,y`
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
`],Nt=[Lt,y`
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
  `];var re=class{constructor(){this.root=Ut([],"")}visit(n){let e=this.root;n.run.forEach((t,s)=>{let i=e.children.get(t);i===void 0&&(i=Ut(n.run.slice(0,s+1),n.trace.moves[s]?.said??""),e.children.set(t,i)),e.last=t,e=i}),e.link=n.link}at(n){let e=this.root;for(let t of n)e=e?.children.get(t)??null;return e}way(n){let e=n;for(;e.link===null;)e=e.children.get(e.last??[...e.children.keys()][0]);return{at:e.link,back:e.run.length-n.run.length}}forward(n){let e=this.at(n);return e===null||e.last===null?null:e.children.get(e.last)??null}end(n){let e=this.forward(n);for(let t=e;t!==null;t=this.forward(t.run))e=t;return e}};function Ut(r,n){return{run:r,said:n,link:null,children:new Map,last:null}}var Ht=300,k=class extends v{constructor(){super(...arguments);this.setting=null;this.place=null;this.drawn=null;this.looked=null;this.sought=null;this.along=null;this.explored=null;this.changed=!1;this.views=!1;this.near=!1;this.only="";this.fold=!1;this.wanted="";this.problem="";this.note="";this.walk=new re;this.asked=0;this.wandered=0;this.followed=async()=>{let e=location.hash.slice(1);if(this.place!==null&&e===this.place.link)return;let t=e.split("&m=")[0],s=this.setting!==null&&this.place!==null&&t===this.place.link.split("&m=")[0];await this.load(async()=>{let i=await fe(e);return s||(this.setting=await Be(i.link),this.explored=null,this.walk=new re,this.drawn=null,document.title=`${this.setting.name}: Concordant`),i})};this.key=e=>{let t=e.composedPath()[0],s=t.matches?.("input:not([type=checkbox]), select, textarea")||this.help?.open;if(e.key==="Escape"&&t.matches?.("input[type=search]")&&(this.wanted="",t.blur()),s||e.altKey||e.ctrlKey||e.metaKey||this.place===null)return;let i=this.does(e.key);i!==null&&(e.preventDefault(),i())}}connectedCallback(){super.connectedCallback(),document.addEventListener("keydown",this.key),this.followed()}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener("keydown",this.key)}async load(e){this.asked+=1;let t=this.asked;try{let s=await e();t===this.asked&&this.show(s)}catch(s){if(!(s instanceof A))throw s;this.problem=s.message}}show(e){let t=this.moves?.renderRoot.querySelector(":focus")!==null&&this.moves!==null;this.walk.visit(e),this.place=e,this.looked=null,this.problem="",this.note="";let{drawn:s}=this;(!(s!==null&&e.run.every((a,l)=>s.run[l]===a))||e.run.length===s.run.length)&&(this.drawn={run:e.run,trace:e.trace}),location.hash.slice(1)!==e.link&&history.pushState(null,"",`#${e.link}`),t&&this.updateComplete.then(()=>this.focusMove(0))}go(e){if(e===null||this.place===null)return;let{at:t,back:s}=this.walk.way(e);this.load(()=>fe(t,{back:s}))}take(e){if(this.place===null)return;let{link:t}=this.place;this.load(()=>fe(t,{take:e}))}wander(){if(this.place===null||g!==null)return;let{link:e}=this.place;this.wandered+=1;let t=this.wandered;this.load(()=>_t(e,t))}back(){this.go(this.place===null?null:this.walk.at(this.place.run.slice(0,-1)))}step(e){this.go(this.drawn===null?null:this.walk.at(this.drawn.run.slice(0,e)))}stepped(e,t){t.stopPropagation(),this.go(this.walk.at(e.run.slice(0,t.detail)))}async seek(e){if(this.place===null)return;let t=this.place.link;this.sought?.news.state==="running"&&await Te(this.sought.news.id).catch(()=>null);try{let s=await Tt(t,e);for(;;){if(this.sought!==null&&this.sought.news.id!==s.id&&Number(this.sought.news.id)>Number(s.id))return;if(this.sought={clause:e,since:t,news:s},s.state!=="running")break;await new Promise(i=>setTimeout(i,Ht)),s=await qe(s.id)}s.link&&this.place?.link===t&&await this.load(()=>fe(s.link)),this.note=s.says}catch(s){if(!(s instanceof A))throw s;this.problem=s.message}}async alongRun(e){if(this.place===null)return;let{link:t,run:s,trace:i}=this.place;try{this.along={clause:e,run:s,moves:i.moves.map(a=>a.said),rows:await Et(t,e)}}catch(a){if(!(a instanceof A))throw a;this.problem=a.message}}async explore(){let{place:e,setting:t}=this;if(!(e===null||g!==null||this.explored?.state==="running"))try{for(let s=await At(e.link);;s=await qe(s.id)){if(this.setting!==t)return void Te(s.id).catch(()=>null);if(this.explored=s,s.state!=="running")return;await new Promise(i=>setTimeout(i,Ht))}}catch(s){if(!(s instanceof A))throw s;this.problem=s.message}}async copy(){await navigator.clipboard.writeText(location.href).catch(()=>null),this.note="the link to this place is copied"}open(e){let t=e.target,s=t.files?.[0];t.value="",s!==void 0&&this.load(async()=>{let{departs:i,...a}=await St(s);return this.setting=await Be(a.link),this.walk=new re,this.drawn=null,this.updateComplete.then(()=>this.note=i===null?"as saved":`it departs from what was saved: ${i}; it is shown as far as it goes`),a})}does(e){let{run:t}=this.place;return/^[1-9]$/.test(e)?()=>this.moves?.buttons[Number(e)-1]?.click():{ArrowLeft:()=>this.back(),ArrowRight:()=>this.go(this.walk.forward(t)),ArrowUp:()=>this.nextMove(-1),ArrowDown:()=>this.nextMove(1),Home:()=>this.go(t.length?this.walk.root:null),End:()=>this.go(this.walk.end(t)),d:()=>this.changed=!this.changed,v:()=>this.views=!this.views,n:()=>this.near=!this.near,f:()=>this.fold=!this.fold,r:()=>this.wander(),a:()=>{this.explore()},c:()=>this.focusIn("x-clauses","summary"),s:()=>this.renderRoot.querySelector("c-spacetime")?.focus(),t:()=>this.focusIn("x-branches",'[aria-current="step"]'),"/":()=>this.renderRoot.querySelector("input[type=search]")?.focus(),y:()=>{this.copy()},"?":()=>this.help.showModal()}[{h:"ArrowLeft",l:"ArrowRight",k:"ArrowUp",j:"ArrowDown"}[e]??e]??null}nextMove(e){let t=this.moves?.buttons??[],s=t.findIndex(i=>i.matches(":focus"));this.focusMove(s<0?e>0?0:t.length-1:Math.max(0,Math.min(t.length-1,s+e)))}focusMove(e){this.moves?.buttons[e]?.focus()}focusIn(e,t){this.renderRoot.querySelector(e)?.renderRoot.querySelector(t)?.focus()}render(){if(this.place===null||this.setting===null)return o`<main>${this.troubled()}${this.problem?h:o`<p class="dim" role="status">Finding the run …</p>`}</main>`;let{place:e,setting:t}=this;return o`<main>
      <header>
        <h1>${t.name.split(/(?<=[._/])/).map(s=>o`${s}<wbr />`)}${t.scope?o` <span class="dim">${t.scope}</span>`:h}</h1>
        ${this.elsewhere(t)}
        <p>${t.shows}</p>
      </header>
      ${this.bar(e)} ${this.troubled()} ${this.last(e)} ${this.telling(e,t)}
      <div class="columns">
        <div class="a">
          <x-state
            .place=${e}
            .looked=${this.looked}
            .named=${jt(e)}
            .changed=${this.changed}
            .views=${this.views}
            @toggle=${s=>s.detail==="changed"?this.changed=!this.changed:this.views=!this.views}
          ></x-state>
          <x-moves
            .place=${e}
            .wanted=${this.wanted}
            .near=${this.near}
            @take=${s=>this.take(s.detail)}
            @look=${s=>this.looked=s.detail}
            @near=${s=>this.near=s.detail}
          ></x-moves>
          <x-flight .place=${e}></x-flight>
        </div>
        <div class="b">
          ${e.picture===null?h:o`<x-picture .picture=${e.picture} .moves=${e.run.length} @step=${s=>this.stepped(e,s)}></x-picture>`}
          ${this.picture(e)}
          <x-branches .walk=${this.walk} .run=${e.run} @go=${s=>this.go(s.detail)}></x-branches>
        </div>
        <div class="c">
          <x-clauses
            .setting=${t}
            .place=${e}
            .sought=${this.sought}
            .explored=${this.explored}
            .along=${this.along}
            @along=${s=>{this.alongRun(s.detail)}}
            @step=${s=>this.go(this.walk.at(this.along?.run.slice(0,s.detail)??[]))}
            @explore=${()=>{this.explore()}}
            .wanted=${this.wanted}
            @seek=${s=>{this.seek(s.detail)}}
            @stop=${s=>{Te(s.detail)}}
          ></x-clauses>
        </div>
      </div>
      ${g===null?h:o`<p class="dim beyond">This page holds ${g.size} places. From here <code>concordant explore '${e.link}'</code> goes on.</p>`}
      ${this.keys()}
    </main>`}elsewhere(e){if(g!==null)return h;let t=[["scopes",e.scopes,s=>`${e.stem}?scope=${encodeURIComponent(s)}`],["situations",e.situations,s=>s],["mistakes",e.pitfalls,s=>s]];return o`<label class="dim">
      Look at
      <select @change=${this.chosen} aria-label="look at another scope, situation or mistake of ${e.stem}">
        <option value="">another scope, situation or mistake …</option>
        ${t.map(([s,i,a])=>o`<optgroup label=${s}>${i.map(l=>o`<option value=${a(l.name)} title=${l.says}>${l.name}</option>`)}</optgroup>`)}
      </select>
    </label>`}chosen(e){let t=e.target;t.value&&(location.hash=t.value),t.value=""}bar(e){let t=this.walk.forward(e.run);return o`<nav class="bar" aria-label="the run">
      <button @click=${()=>this.go(this.walk.root)} ?disabled=${e.run.length===0} aria-label="to the start">|◀</button>
      <button @click=${()=>this.back()} ?disabled=${e.run.length===0} aria-label="back">◀</button>
      <button @click=${()=>this.go(t)} ?disabled=${t===null} aria-label="forward">▶</button>
      <button @click=${()=>this.go(this.walk.end(e.run))} ?disabled=${t===null} aria-label="forward as far as you have been">▶|</button>
      <span>${e.run.length===0?"at the start":`after ${e.run.length} ${e.run.length===1?"move":"moves"}`}</span>
      <span class="space"></span>
      <input type="search" placeholder="filter" aria-label="filter moves and clauses" .value=${this.wanted} @input=${s=>this.wanted=s.target.value} />
      ${g===null?this.files(e):h}
      <button @click=${()=>this.help.showModal()} aria-label="keys">?</button>
    </nav>`}files(e){return o`<button @click=${()=>this.wander()} title="some moves at random from here, each time others">Run on at random</button>
      <button @click=${()=>{this.copy()}}>Copy link</button>
      <details class="menu">
        <summary>Save</summary>
        <div>
          ${e.run.length?Mt.map(([t,s,i])=>o`<a href=${Rt(e.link,t)} download=${i}>${s}</a>`):o`<span class="dim">no move has been made</span>`}
        </div>
      </details>
      <span><input class="file" id="file" type="file" accept=".json,application/json" @change=${this.open} /><label class="button" for="file">Open</label></span>`}troubled(){if(!this.problem)return h;let e=location.hash.slice(1).split("?")[0];return o`<div class="problem" role="alert">
      <p>${this.problem}</p>
      ${e&&this.place===null?o`<p><a href="#${e}" @click=${()=>this.forget()}>begin anew: ${decodeURIComponent(e)}</a></p>`:h}
    </div>`}forget(){this.problem=""}last(e){let t=e.trace.moves.at(-1);return o`<div class="last" role="status" aria-live="polite">
      ${t===void 0?o`<p>No move has been made yet.</p>`:o`<p><strong>${t.said}</strong></p>
            ${t.effects.map(s=>o`<p class="effect">${s}</p>`)} ${t.changes.map(bs)}`}
      ${this.note?o`<p class="dim">${this.note}</p>`:h}
    </div>`}telling(e,t){let s=new Map(t.clauses.map(i=>[i.id,i]));return e.truths.filter(i=>i.here==="false here").map(i=>o`<div class="told" role="status"><strong class="bad">✗ false here: ${s.get(i.clause)?.name}</strong> ${s.get(i.clause)?.sentence}</div>`)}picture(e){let{trace:t}=this.drawn??e;return o`<section aria-labelledby="picture">
      <h2 id="picture">The run as a picture</h2>
      ${t.moves.length===0?o`<p class="dim">It is drawn once a move has been made.</p>`:o`${this.drawing(t.lanes)}<c-spacetime
              tabindex="0"
              labels
              .only=${t.lanes.includes(this.only)?this.only:""}
              .fold=${this.fold}
              .named=${jt(e)}
              .trace=${t}
              .at=${e.run.length}
              @step=${s=>this.step(s.detail)}
            ></c-spacetime>
            ${t.lasso?o`<p>${t.lasso}</p>`:h}
            ${t.instead.length?o`<div class="acts">${t.instead.map((s,i)=>o`<p>${i===0?`move ${t.acts}: ${s}`:s}</p>`)}</div>`:h}
            <p class="legend">${t.legend.map(s=>o`<span>${s}</span>`)}</p>
            ${t.notation.map(s=>o`<p class="legend">${s}</p>`)}`}
    </section>`}drawing(e){return o`<p class="drawing dim">
      <select aria-label="whose moves are drawn" .value=${this.only} @change=${t=>this.only=t.target.value}>
        <option value="">all moves</option>
        ${e.map(t=>o`<option value=${t} ?selected=${t===this.only}>moves of ${t} and what it hears</option>`)}
      </select>
      <label><input type="checkbox" .checked=${this.fold} @change=${()=>this.fold=!this.fold} /> fold steps of their own <kbd>f</kbd></label>
    </p>`}keys(){return o`<dialog aria-labelledby="keys" @click=${e=>e.target===this.help&&this.help.close()}>
      <h2 id="keys">Keys</h2>
      <dl>${Ct.map(([e,t])=>o`<dt><kbd>${e}</kbd></dt><dd>${t}</dd>`)}</dl>
      <button @click=${()=>this.help.close()}>Close</button>
    </dialog>`}};k.styles=[_,Ot],p([b()],k.prototype,"setting",2),p([b()],k.prototype,"place",2),p([b()],k.prototype,"drawn",2),p([b()],k.prototype,"looked",2),p([b()],k.prototype,"sought",2),p([b()],k.prototype,"along",2),p([b()],k.prototype,"explored",2),p([b()],k.prototype,"changed",2),p([b()],k.prototype,"views",2),p([b()],k.prototype,"near",2),p([b()],k.prototype,"only",2),p([b()],k.prototype,"fold",2),p([b()],k.prototype,"wanted",2),p([b()],k.prototype,"problem",2),p([b()],k.prototype,"note",2),p([ee("x-moves")],k.prototype,"moves",2),p([ee("dialog")],k.prototype,"help",2),k=p([x("x-explorer")],k);function jt(r){let n=new Set(r.processes.map(t=>t.who)),e=r.truths.filter(t=>t.here==="false here").flatMap(t=>t.facts);return new Set(e.flatMap(t=>ue(t.value)).filter(t=>n.has(t)))}function bs(r){let n=r.field?`${r.who}.${r.field}`:r.who;return o`<p class="value">${n}: ${z(r.before,r.after,"old")} → ${z(r.after,r.before,"new")}</p>`}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var Q={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},zt=r=>(...n)=>({_$litDirective$:r,values:n}),Ae=class{constructor(n){}get _$AU(){return this._$AM._$AU}_$AT(n,e,t){this._$Ct=n,this._$AM=e,this._$Ci=t}_$AS(n,e){return this.update(n,e)}update(n,e){return this.render(...e)}};/**
 * @license
 * Copyright 2020 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var{I:Si}=ct;var It=r=>r.strings===void 0;var ys={},Dt=(r,n=ys)=>r._$AH=n;/**
 * @license
 * Copyright 2020 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var Bt=zt(class extends Ae{constructor(r){if(super(r),r.type!==Q.PROPERTY&&r.type!==Q.ATTRIBUTE&&r.type!==Q.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!It(r))throw Error("`live` bindings can only contain a single expression")}render(r){return r}update(r,[n]){if(n===R||n===h)return n;let e=r.element,t=r.name;if(r.type===Q.PROPERTY){if(n===e[t])return R}else if(r.type===Q.BOOLEAN_ATTRIBUTE){if(!!n===e.hasAttribute(t))return R}else if(r.type===Q.ATTRIBUTE&&e.getAttribute(t)===n+"")return R;return Dt(r),n}});var B=class extends v{constructor(){super(...arguments);this.parts=[];this.typed=[];this.wrong="";this.last="";this.next="";this.key=e=>{let t=e.target,s={ArrowUp:-1,ArrowDown:1,Enter:e.shiftKey?-1:1}[e.key],[i,a,l]=t.dataset.where.split(" ").map(Number);s===void 0||a===void 0||t.localName==="select"&&e.key!=="Enter"||e.altKey||e.ctrlKey||e.metaKey||this.focusAt(`${i} ${a+s} ${l}`)&&e.preventDefault()}}first(){let e=[...this.renderRoot.querySelectorAll("input, select")];(e.find(t=>t.title!=="a name")??e[0])?.focus()}render(){let e=this.parts.flatMap((t,s)=>t.cell===null?[]:[{part:t,place:s,cell:t.cell}]);return o`${this.parts.map((t,s)=>t.table===null?h:this.table(t.name,t.table,s))}
      <div class="fields">
        ${e.map(({part:t,place:s,cell:i})=>o`<label>${t.name} ${this.cell(i,this.typed[s]??"",`${s}`,t.name)}</label>`)}
      </div>`}updated(e){!e.has("typed")||this.next===""||(this.focusAt(this.next),this.next="")}table(e,t,s){let i=this.typed[s]??[],a=t.keys.length>0,l=d=>t.rows[d]??t.blank;return o`<div class="wide">
        <table>
          <caption>${e}</caption>
          <thead>
            <tr>${a?o`<th scope="col"></th>`:h}${t.columns.map(d=>o`<th scope="col">${d}</th>`)}${t.most>t.least?o`<td></td>`:h}</tr>
          </thead>
          <tbody>
            ${i.map((d,c)=>o`<tr>
                ${a?o`<th scope="row">${t.keys[c]}</th>`:h}
                ${d.map((u,m)=>o`<td>${this.cell(l(c)[m],u,`${s} ${c} ${m}`,`${t.columns[m]} of ${t.keys[c]??(d[0]||`row ${c+1}`)}`)}</td>`)}
                ${t.most>t.least?o`<td><button class="away" aria-label="take away ${d[0]||`row ${c+1}`}" title="take away" @click=${()=>this.takeAway(s,c)}>✕</button></td>`:h}
              </tr>`)}
          </tbody>
        </table>
      </div>
      ${t.most>t.least?o`<button @click=${()=>this.add(s,t)} ?disabled=${i.length>=t.most}>Add a row to ${e}</button>`:h}`}cell(e,t,s,i){if(e.says==="")return o`<span class="fixed">${t}</span>`;if(e.options.length)return o`<select aria-label=${i} data-where=${s} @change=${l=>this.type(l,s)} @keydown=${this.key}>
        ${e.options.map(l=>o`<option value=${l} ?selected=${l===t}>${l||"nothing"}</option>`)}
      </select>`;let a=this.wrong!==""&&this.last===s;return o`<input
      type="text"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      size=${Math.max(7,Math.min(28,t.length+2))}
      aria-label=${i}
      aria-invalid=${a}
      title=${e.says}
      data-where=${s}
      .value=${Bt(t)}
      @input=${l=>this.type(l,s)}
      @change=${()=>this.dispatchEvent(new CustomEvent("left"))}
      @keydown=${this.key}
    />`}type(e,t){let[s,i,a]=t.split(" ").map(Number),{value:l}=e.target,d=this.typed[s],c=i===void 0||typeof d=="string"?l:d.map((u,m)=>m===i?u.map((w,T)=>T===a?l:w):u);this.edit(s,c,t)}add(e,t){let s=this.typed[e],i=s.at(-1)??t.blank.map(d=>d.text),a=new Set(s.map(d=>d[0])),l=i[0]??"";for(let d=s.length;t.blank[0]?.says==="a name"&&a.has(l);d+=1)l=`${l.replace(/\d+$/,"")}${d}`;this.next=`${e} ${s.length} ${Math.min(1,i.length-1)}`,this.edit(e,[...s,[l,...i.slice(1)]],`${e} added ${s.length}`)}takeAway(e,t){let s=this.typed[e];this.next=`${e} ${Math.max(0,t-1)} 0`,this.edit(e,s.filter((i,a)=>a!==t),`${e} without ${t}`)}edit(e,t,s){this.last=s;let i=this.typed.map((a,l)=>l===e?t:a);this.dispatchEvent(new CustomEvent("edit",{detail:{typed:i,where:s}}))}focusAt(e){let t=this.renderRoot.querySelector(`[data-where="${e}"]`);return t?.focus(),t?.select?.(),t!==null}};B.styles=[_,y`
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
    `],p([f({attribute:!1})],B.prototype,"parts",2),p([f({attribute:!1})],B.prototype,"typed",2),p([f()],B.prototype,"wrong",2),B=p([x("x-sheet")],B);var Ke=r=>r.map(n=>n.cell!==null?n.cell.text:n.table.rows.map(e=>e.map(t=>t.text)));var ws=60,S=class extends v{constructor(){super(...arguments);this.table=null;this.typed=[];this.earlier=null;this.lies=null;this.searching=!1;this.problem="";this.note="";this.asked=0;this.timer=0;this.coming=Promise.resolve();this.typing="";this.edited="";this.followed=async()=>{let e=location.hash.slice(1);this.table!==null&&e===this.table.link||(this.edited="",await this.load(e,!0))};this.key=e=>{let t=e.composedPath()[0];if(e.altKey||e.ctrlKey||e.metaKey||this.table===null||this.help?.open||(e.key==="Escape"&&t.blur(),t.matches?.("input, select, textarea")))return;let i={g:()=>{this.search()},e:()=>this.sheet?.first(),c:()=>this.renderRoot.querySelector("x-clauses")?.shadowRoot?.querySelector("summary")?.focus(),y:()=>{this.copy()},"?":()=>this.help.showModal()}[e.key];i!==void 0&&(e.preventDefault(),i())}}connectedCallback(){super.connectedCallback(),document.addEventListener("keydown",this.key),this.followed()}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener("keydown",this.key)}async load(e,t){this.asked+=1;let s=this.asked;try{let i=await kt(e);if(s!==this.asked)return;this.earlier=this.table?.name===i.name?this.table:null,this.table=i,t&&(this.typed=Ke(i.parts)),this.problem="",this.note="",document.title=`${i.name}: Concordant`}catch(i){if(!(i instanceof A))throw i;s===this.asked&&(this.problem=i.message)}}edit({typed:e,where:t}){this.typed=e,this.typing=t,this.lies=null,clearTimeout(this.timer),this.timer=setTimeout(()=>this.coming=this.recompute(t),ws)}async recompute(e){clearTimeout(this.timer),this.timer=0;let{table:t}=this;t!==null&&(await this.load(`${t.link.split(/[?&][mr]=/)[0]}${t.scope?"&":"?"}r=${encodeURIComponent(JSON.stringify(this.typed))}`,!1),!(this.problem||this.table===null||location.hash.slice(1)===this.table.link)&&(e===this.edited?history.replaceState(null,"",`#${this.table.link}`):history.pushState(null,"",`#${this.table.link}`),this.edited=e))}async settle(){this.timer!==0&&(this.coming=this.recompute(this.typing)),await this.coming,!this.problem&&this.table!==null&&(this.typed=Ke(this.table.parts))}async search(){let{table:e}=this;if(!(e===null||!e.lies||this.searching)){this.searching=!0;try{this.lies={link:e.link,found:await xt(e.link)}}catch(t){if(!(t instanceof A))throw t;this.problem=t.message}finally{this.searching=!1}}}async copy(){await navigator.clipboard.writeText(location.href).catch(()=>null),this.note="the link to this profile is copied"}render(){let{table:e}=this;return e===null?o`<main>${this.troubled()}${this.problem?h:o`<p class="dim" role="status">Finding the rule …</p>`}</main>`:o`<main>
      <header>
        <h1>${e.name.split(/(?<=[._/])/).map(t=>o`${t}<wbr />`)}${e.scope?o` <span class="dim">${e.scope}</span>`:h}</h1>
        ${this.elsewhere(e)}
        <p>${e.title}</p>
        <p class="dim">${e.scope?o`Its rule <strong>${e.rule}</strong>, of profiles such as these: ${e.shows}.`:e.shows}</p>
      </header>
      <nav class="bar" aria-label="the profile">
        ${e.lies?o`<button class="main" @click=${()=>{this.search()}} ?disabled=${this.searching}>Who gains by lying here? <kbd aria-hidden="true">g</kbd></button>`:h}
        ${g===null?o`<button @click=${()=>{this.copy()}}>Copy link</button>`:h}
        <button @click=${()=>this.help.showModal()} aria-label="keys">?</button>
      </nav>
      ${this.troubled()} ${this.note?o`<p class="dim" role="status">${this.note}</p>`:h}
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
      ${g===null?h:o`<p class="dim beyond">This page holds ${g.size} profiles. From here <code>concordant explore '${e.link}'</code> goes on.</p>`}
      ${this.keys()}
    </main>`}came(e){let t=this.earlier!==null&&this.earlier.outcome.raised===null&&e.outcome.raised===null?this.earlier.outcome.value:null,s=e.right!==null&&Ge(e.right)!==Ge(e.outcome);return o`<section class="came" aria-labelledby="came">
      <h2 id="came">What comes of it${this.problem?o` <span class="dim">before what cannot be read was typed</span>`:h}</h2>
      <div role="status" aria-live="polite">
        ${e.outcome.raised===null?o`<p class="value">${O(e.outcome.value,t)}</p>`:o`<p class="value bad">the rule raises ${e.outcome.raised}</p>`}
        ${e.right===null?h:o`<p class="beside ${s?"differs":""}">${s?"The right rule makes of it":"The right rule makes the same of it."} ${s?o`<span class="value">${Ge(e.right)}</span>`:h}</p>`}
        ${e.truths.filter(i=>i.here==="false here").map(i=>o`<p class="bad">✗ false here: ${e.clauses.find(a=>a.id===i.clause)?.name}</p>`)}
      </div>
      ${e.notation.map(i=>o`<p class="legend">${i}</p>`)}
    </section>`}gains(){if(this.searching)return o`<p class="dim" role="status">Trying misreports …</p>`;if(this.lies===null||this.lies.link!==this.table?.link)return h;let{found:e}=this.lies,t=e.lies.filter(s=>s.pays);return o`<section aria-labelledby="gains">
      <h2 id="gains">Who gains by lying here?</h2>
      <p role="status" class=${t.length?"bad":""}>${xs(e.says)}</p>
      ${t.length?o`<div class="wide">
            <table>
              <thead><tr><th scope="col">who lies</th><th scope="col">how</th><th scope="col">honest</th><th scope="col">lying</th><th scope="col">then</th></tr></thead>
              <tbody>
                ${t.map(s=>o`<tr>
                    <th scope="row">${s.who}</th>
                    <td><a href="#${s.link}">${s.says}</a></td>
                    <td>${s.gains}</td>
                    <td><strong>${s.would_gain}</strong></td>
                    <td class="value">${$(s.lying)}</td>
                  </tr>`)}
              </tbody>
            </table>
          </div>`:h}
      ${t.length?o`<p class="dim">The numbers are what the outcome is worth to whoever lies, whose true report is the one above.</p>`:h}
    </section>`}elsewhere(e){if(g!==null)return h;let t=[["scopes",e.scopes,s=>`${e.stem}?scope=${encodeURIComponent(s)}`],["mistakes",e.pitfalls,s=>s]];return o`<label class="dim">
      Look at
      <select @change=${ks} aria-label="look at other profiles or a mistake of ${e.stem}">
        <option value="">other profiles, or a mistake …</option>
        ${t.map(([s,i,a])=>o`<optgroup label=${s}>${i.map(l=>o`<option value=${a(l.name)} title=${l.says}>${l.name}</option>`)}</optgroup>`)}
      </select>
    </label>`}troubled(){if(!this.problem)return h;let e=location.hash.slice(1).split("?")[0];return o`<div class="problem" role="alert">
      <p>${this.problem}</p>
      ${e&&this.table===null?o`<p><a href="#${e}">begin anew: ${decodeURIComponent(e)}</a></p>`:h}
    </div>`}keys(){return o`<dialog aria-labelledby="keys" @click=${e=>e.target===this.help&&this.help.close()}>
      <h2 id="keys">Keys</h2>
      <dl>${Pt.map(([e,t])=>o`<dt><kbd>${e}</kbd></dt><dd>${t}</dd>`)}</dl>
      <button @click=${()=>this.help.close()}>Close</button>
    </dialog>`}};S.styles=[_,Nt],p([b()],S.prototype,"table",2),p([b()],S.prototype,"typed",2),p([b()],S.prototype,"earlier",2),p([b()],S.prototype,"lies",2),p([b()],S.prototype,"searching",2),p([b()],S.prototype,"problem",2),p([b()],S.prototype,"note",2),p([ee("dialog")],S.prototype,"help",2),p([ee("x-sheet")],S.prototype,"sheet",2),S=p([x("x-rule")],S);function ks(r){let n=r.target;n.value&&(location.hash=n.value),n.value=""}var Ge=r=>r.raised===null?$(r.value):`an error: ${r.raised}`,xs=r=>`${r.charAt(0).toUpperCase()}${r.slice(1)}.`;var qt={system:"x-explorer",rule:"x-rule"},Z=null,Fe=0,Wt=null;async function Kt(){let r=location.hash.slice(1),n=r.split(/[?&][mpr]=/)[0];if(Z!==null&&n===Wt)return Z.followed();Fe+=1;let e=Fe,t=await wt(r).catch(()=>"system");if(e===Fe){if(Wt=n,Z?.localName===qt[t])return Z.followed();Z?.remove(),Z=document.createElement(qt[t]),document.body.append(Z)}}addEventListener("hashchange",()=>{Kt()});Kt();})();
